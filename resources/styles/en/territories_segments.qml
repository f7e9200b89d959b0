<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="1" styleCategories="Symbology|Labeling|Fields|Forms|MapTips" version="3.40.0">
 <renderer-v2 attr="segment" enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="categorizedSymbol">
  <categories>
   <category label="engage – high readiness, low activity" render="true" symbol="0" type="string" uuid="{00000000-0000-4000-8000-000000000001}" value="engage" />
   <category label="verify – high readiness, unknown activity" render="true" symbol="1" type="string" uuid="{00000000-0000-4000-8000-000000000002}" value="verify" />
   <category label="showcase – high readiness, high activity" render="true" symbol="2" type="string" uuid="{00000000-0000-4000-8000-000000000003}" value="showcase" />
   <category label="support – low readiness, high activity" render="true" symbol="3" type="string" uuid="{00000000-0000-4000-8000-000000000004}" value="support" />
   <category label="raise awareness – low readiness, low or unknown activity" render="true" symbol="4" type="string" uuid="{00000000-0000-4000-8000-000000000005}" value="raise_awareness" />
   <category label="insufficient data – readiness cannot be computed" render="true" symbol="5" type="string" uuid="{00000000-0000-4000-8000-000000000006}" value="insufficient_data" />
   <category label="segment not computed" render="true" symbol="6" type="string" uuid="{00000000-0000-4000-8000-000000000007}" value="" />
  </categories>
  <symbols>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="0" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000008}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="209,73,12,255,rgb:0.81960784313725488,0.28627450980392155,0.04705882352941176,1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN &quot;stability&quot; IN ('core', 'probable') THEN '#1d2530' ELSE '#ffffff' END" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineWidth" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN &quot;stability&quot; = 'core' THEN 0.5 WHEN &quot;stability&quot; = 'probable' THEN 0.25 ELSE 0.1 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="1" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000009}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="244,197,66,255,rgb:0.95686274509803926,0.77254901960784317,0.25882352941176473,1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="2" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000010}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="31,78,140,255,rgb:0.12156862745098039,0.30588235294117649,0.5490196078431373,1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="3" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000011}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="111,177,220,255,rgb:0.43529411764705883,0.69411764705882351,0.86274509803921573,1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="4" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000012}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="230,225,211,255,rgb:0.90196078431372551,0.88235294117647056,0.82745098039215681,1" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="5" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000013}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="joinstyle" type="QString" value="bevel" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="197,201,206,255,rgb:0.77254901960784317,0.78823529411764703,0.80784313725490198,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" id="{00000000-0000-4000-8000-000000000014}" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="clip_mode" type="QString" value="during_render" />
      <Option name="color" type="QString" value="" />
      <Option name="coordinate_reference" type="QString" value="feature" />
      <Option name="distance" type="QString" value="1.4" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="@5@1" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" id="{00000000-0000-4000-8000-000000000015}" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="138,146,156,255,rgb:0.54117647058823526,0.5725490196078431,0.61176470588235299,1" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.14" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
   </symbol>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="6" type="fill">
    <data_defined_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </data_defined_properties>
    <layer class="SimpleFill" enabled="1" id="{00000000-0000-4000-8000-000000000016}" locked="0" pass="0">
     <Option type="Map">
      <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
      <Option name="joinstyle" type="QString" value="bevel" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="197,201,206,255,rgb:0.77254901960784317,0.78823529411764703,0.80784313725490198,1" />
      <Option name="outline_style" type="QString" value="solid" />
      <Option name="outline_width" type="QString" value="0.1" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="LinePatternFill" enabled="1" id="{00000000-0000-4000-8000-000000000017}" locked="0" pass="0">
     <Option type="Map">
      <Option name="angle" type="QString" value="45" />
      <Option name="clip_mode" type="QString" value="during_render" />
      <Option name="color" type="QString" value="" />
      <Option name="coordinate_reference" type="QString" value="feature" />
      <Option name="distance" type="QString" value="1.4" />
      <Option name="distance_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="distance_unit" type="QString" value="MM" />
      <Option name="line_width" type="QString" value="0" />
      <Option name="line_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
      <Option name="outline_width_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" />
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="@6@1" type="line">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleLine" enabled="1" id="{00000000-0000-4000-8000-000000000018}" locked="0" pass="0">
       <Option type="Map">
        <Option name="align_dash_pattern" type="QString" value="0" />
        <Option name="capstyle" type="QString" value="square" />
        <Option name="customdash" type="QString" value="5;2" />
        <Option name="customdash_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="customdash_unit" type="QString" value="MM" />
        <Option name="dash_pattern_offset" type="QString" value="0" />
        <Option name="dash_pattern_offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
        <Option name="draw_inside_polygon" type="QString" value="0" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="line_color" type="QString" value="138,146,156,255,rgb:0.54117647058823526,0.5725490196078431,0.61176470588235299,1" />
        <Option name="line_style" type="QString" value="solid" />
        <Option name="line_width" type="QString" value="0.14" />
        <Option name="line_width_unit" type="QString" value="MM" />
        <Option name="offset" type="QString" value="0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="ring_filter" type="QString" value="0" />
        <Option name="trim_distance_end" type="QString" value="0" />
        <Option name="trim_distance_end_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_end_unit" type="QString" value="MM" />
        <Option name="trim_distance_start" type="QString" value="0" />
        <Option name="trim_distance_start_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="trim_distance_start_unit" type="QString" value="MM" />
        <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
        <Option name="use_custom_dash" type="QString" value="0" />
        <Option name="width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </layer>
   </symbol>
  </symbols>
  <rotation />
  <sizescale />
  <data-defined-properties>
   <Option type="Map">
    <Option name="name" type="QString" value="" />
    <Option name="properties" />
    <Option name="type" type="QString" value="collection" />
   </Option>
  </data-defined-properties>
 </renderer-v2>
 <selection mode="Default">
  <selectionColor invalid="1" />
 </selection>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style allowHtml="0" blendMode="0" capitalization="0" fieldName="name" fontFamily="Sans Serif" fontItalic="0" fontKerning="1" fontLetterSpacing="0" fontSize="8" fontSizeMapUnitScale="3x:0,0,0,0,0,0" fontSizeUnit="Point" fontStrikeout="0" fontUnderline="0" fontWeight="50" fontWordSpacing="0" forcedBold="0" forcedItalic="0" isExpression="0" legendString="Aa" multilineHeight="1" multilineHeightUnit="Percentage" namedStyle="" previewBkgrdColor="255,255,255,255,rgb:1,1,1,1" tabStopDistance="6" tabStopDistanceMapUnitScale="3x:0,0,0,0,0,0" tabStopDistanceUnit="Percentage" textColor="29,37,48,255,rgb:0.11372549019607843,0.14509803921568629,0.18823529411764706,1" textOpacity="1" textOrientation="horizontal" useSubstitutions="0">
    <families />
    <text-buffer bufferBlendMode="0" bufferColor="255,255,255,255,rgb:1,1,1,1" bufferDraw="1" bufferJoinStyle="128" bufferNoFill="1" bufferOpacity="1" bufferSize="0.5" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferSizeUnits="MM" />
    <text-mask maskEnabled="0" maskJoinStyle="128" maskOpacity="1" maskSize="1.5" maskSize2="1.5" maskSizeMapUnitScale="3x:0,0,0,0,0,0" maskSizeUnits="MM" maskType="0" maskedSymbolLayers="" />
    <background shapeBlendMode="0" shapeBorderColor="128,128,128,255,rgb:0.50196078431372548,0.50196078431372548,0.50196078431372548,1" shapeBorderWidth="0" shapeBorderWidthMapUnitScale="3x:0,0,0,0,0,0" shapeBorderWidthUnit="MM" shapeDraw="0" shapeFillColor="255,255,255,255,rgb:1,1,1,1" shapeJoinStyle="64" shapeOffsetMapUnitScale="3x:0,0,0,0,0,0" shapeOffsetUnit="MM" shapeOffsetX="0" shapeOffsetY="0" shapeOpacity="1" shapeRadiiMapUnitScale="3x:0,0,0,0,0,0" shapeRadiiUnit="MM" shapeRadiiX="0" shapeRadiiY="0" shapeRotation="0" shapeRotationType="0" shapeSVGFile="" shapeSizeMapUnitScale="3x:0,0,0,0,0,0" shapeSizeType="0" shapeSizeUnit="MM" shapeSizeX="0" shapeSizeY="0" shapeType="0">
     <symbol alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" name="fillSymbol" type="fill">
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
       </Option>
      </data_defined_properties>
      <layer class="SimpleFill" enabled="1" id="" locked="0" pass="0">
       <Option type="Map">
        <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="color" type="QString" value="255,255,255,255,rgb:1,1,1,1" />
        <Option name="joinstyle" type="QString" value="bevel" />
        <Option name="offset" type="QString" value="0,0" />
        <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
        <Option name="offset_unit" type="QString" value="MM" />
        <Option name="outline_color" type="QString" value="128,128,128,255,rgb:0.50196078431372548,0.50196078431372548,0.50196078431372548,1" />
        <Option name="outline_style" type="QString" value="no" />
        <Option name="outline_width" type="QString" value="0" />
        <Option name="outline_width_unit" type="QString" value="MM" />
        <Option name="style" type="QString" value="solid" />
       </Option>
       <data_defined_properties>
        <Option type="Map">
         <Option name="name" type="QString" value="" />
         <Option name="properties" />
         <Option name="type" type="QString" value="collection" />
        </Option>
       </data_defined_properties>
      </layer>
     </symbol>
    </background>
    <shadow shadowBlendMode="6" shadowColor="0,0,0,255,rgb:0,0,0,1" shadowDraw="0" shadowOffsetAngle="135" shadowOffsetDist="1" shadowOffsetGlobal="1" shadowOffsetMapUnitScale="3x:0,0,0,0,0,0" shadowOffsetUnit="MM" shadowOpacity="0.69999999999999996" shadowRadius="1.5" shadowRadiusAlphaOnly="0" shadowRadiusMapUnitScale="3x:0,0,0,0,0,0" shadowRadiusUnit="MM" shadowScale="100" shadowUnder="0" />
    <dd_properties>
     <Option type="Map">
      <Option name="name" type="QString" value="" />
      <Option name="properties" />
      <Option name="type" type="QString" value="collection" />
     </Option>
    </dd_properties>
    <substitutions />
   </text-style>
   <text-format addDirectionSymbol="0" autoWrapLength="0" decimals="3" formatNumbers="0" leftDirectionSymbol="&lt;" multilineAlign="3" placeDirectionSymbol="0" plussign="0" reverseDirectionSymbol="0" rightDirectionSymbol="&gt;" useMaxLineLengthForAutoWrap="1" wrapChar="" />
   <placement allowDegraded="0" centroidInside="1" centroidWhole="0" dist="0" distMapUnitScale="3x:0,0,0,0,0,0" distUnits="MM" fitInPolygonOnly="0" geometryGenerator="" geometryGeneratorEnabled="0" geometryGeneratorType="PointGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" layerType="UnknownGeometry" lineAnchorClipping="0" lineAnchorPercent="0.5" lineAnchorTextPoint="FollowPlacement" lineAnchorType="0" maxCurvedCharAngleIn="25" maxCurvedCharAngleOut="-25" maximumDistance="0" maximumDistanceMapUnitScale="3x:0,0,0,0,0,0" maximumDistanceUnit="MM" offsetType="0" offsetUnits="MM" overlapHandling="PreventOverlap" overrunDistance="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistanceUnit="MM" placement="4" placementFlags="10" polygonPlacementFlags="2" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" preserveRotation="1" prioritization="PreferCloser" priority="5" quadOffset="4" repeatDistance="0" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" repeatDistanceUnits="MM" rotationAngle="0" rotationUnit="AngleDegrees" xOffset="0" yOffset="0" />
   <rendering drawLabels="1" fontLimitPixelSize="0" fontMaxPixelSize="10000" fontMinPixelSize="0" labelPerPart="0" limitNumLabels="0" maxNumLabels="2000" mergeLines="0" minFeatureSize="0" obstacle="1" obstacleFactor="1" obstacleType="1" scaleMax="150000" scaleMin="1" scaleVisibility="1" unplacedVisibility="0" upsidedownLabels="0" zIndex="0" />
   <dd_properties>
    <Option type="Map">
     <Option name="name" type="QString" value="" />
     <Option name="properties" />
     <Option name="type" type="QString" value="collection" />
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <fieldConfiguration>
  <field configurationFlags="NoFlag" name="code">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="name">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="population">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="group_departement">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="group_epci">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="group_ept">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="group_region">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="readiness">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="axis_innovation">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="axis_partnership">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="axis_data">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="axis_inclusion">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="activity_count">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="activity">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="activity_status">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="documented" type="QString" value="documented" />
       </Option>
       <Option type="Map">
        <Option name="searched, none found" type="QString" value="searched_none_found" />
       </Option>
       <Option type="Map">
        <Option name="not searched" type="QString" value="not_searched" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="expected_activity">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="activity_gap">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="gap_low">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="gap_high">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="evidence">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="segment">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="engage" type="QString" value="engage" />
       </Option>
       <Option type="Map">
        <Option name="verify" type="QString" value="verify" />
       </Option>
       <Option type="Map">
        <Option name="showcase" type="QString" value="showcase" />
       </Option>
       <Option type="Map">
        <Option name="support" type="QString" value="support" />
       </Option>
       <Option type="Map">
        <Option name="raise awareness" type="QString" value="raise_awareness" />
       </Option>
       <Option type="Map">
        <Option name="insufficient data" type="QString" value="insufficient_data" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="segment_probability">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="priority">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="target_rank">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="rank_low">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="rank_high">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="stability">
   <editWidget type="ValueMap">
    <config>
     <Option type="Map">
      <Option name="map" type="List">
       <Option type="Map">
        <Option name="core" type="QString" value="core" />
       </Option>
       <Option type="Map">
        <Option name="probable" type="QString" value="probable" />
       </Option>
       <Option type="Map">
        <Option name="debatable" type="QString" value="debatable" />
       </Option>
      </Option>
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="recommended_theme">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="peer_code">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="data_coverage">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="reasons_fr">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="reasons_en">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
  <field configurationFlags="NoFlag" name="notice">
   <editWidget type="">
    <config>
     <Option />
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="code" index="0" name="Code" />
  <alias field="name" index="1" name="Name" />
  <alias field="population" index="2" name="Population" />
  <alias field="group_departement" index="3" name="Département" />
  <alias field="group_epci" index="4" name="EPCI" />
  <alias field="group_ept" index="5" name="EPT" />
  <alias field="group_region" index="6" name="Region" />
  <alias field="readiness" index="7" name="Readiness" />
  <alias field="axis_innovation" index="8" name="Axis: innovation" />
  <alias field="axis_partnership" index="9" name="Axis: partnership" />
  <alias field="axis_data" index="10" name="Axis: data" />
  <alias field="axis_inclusion" index="11" name="Axis: inclusion of citizens" />
  <alias field="activity_count" index="12" name="Projects recorded" />
  <alias field="activity" index="13" name="Activity (projects per 10,000 inhabitants, shrunken)" />
  <alias field="activity_status" index="14" name="What is known of the activity" />
  <alias field="expected_activity" index="15" name="Expected activity (projects)" />
  <alias field="activity_gap" index="16" name="Activity gap (expected − observed)" />
  <alias field="gap_low" index="17" name="Activity gap, lower bound (5%)" />
  <alias field="gap_high" index="18" name="Activity gap, upper bound (95%)" />
  <alias field="evidence" index="19" name="Of 100 territories alike, how many do more" />
  <alias field="segment" index="20" name="Segment" />
  <alias field="segment_probability" index="21" name="Probability of the segment" />
  <alias field="priority" index="22" name="Priority" />
  <alias field="target_rank" index="23" name="Target rank" />
  <alias field="rank_low" index="24" name="Best rank (90% interval)" />
  <alias field="rank_high" index="25" name="Worst rank (90% interval)" />
  <alias field="stability" index="26" name="Stability of the rank" />
  <alias field="recommended_theme" index="27" name="Recommended theme" />
  <alias field="peer_code" index="28" name="Code of the peer" />
  <alias field="data_coverage" index="29" name="Data coverage (0–1)" />
  <alias field="reasons_fr" index="30" name="Reasons (French)" />
  <alias field="reasons_en" index="31" name="Reasons (English)" />
  <alias field="notice" index="32" name="Notice" />
 </aliases>
 <splitPolicies>
  <policy field="code" policy="Duplicate" />
  <policy field="name" policy="Duplicate" />
  <policy field="population" policy="Duplicate" />
  <policy field="group_departement" policy="Duplicate" />
  <policy field="group_epci" policy="Duplicate" />
  <policy field="group_ept" policy="Duplicate" />
  <policy field="group_region" policy="Duplicate" />
  <policy field="readiness" policy="Duplicate" />
  <policy field="axis_innovation" policy="Duplicate" />
  <policy field="axis_partnership" policy="Duplicate" />
  <policy field="axis_data" policy="Duplicate" />
  <policy field="axis_inclusion" policy="Duplicate" />
  <policy field="activity_count" policy="Duplicate" />
  <policy field="activity" policy="Duplicate" />
  <policy field="activity_status" policy="Duplicate" />
  <policy field="expected_activity" policy="Duplicate" />
  <policy field="activity_gap" policy="Duplicate" />
  <policy field="gap_low" policy="Duplicate" />
  <policy field="gap_high" policy="Duplicate" />
  <policy field="evidence" policy="Duplicate" />
  <policy field="segment" policy="Duplicate" />
  <policy field="segment_probability" policy="Duplicate" />
  <policy field="priority" policy="Duplicate" />
  <policy field="target_rank" policy="Duplicate" />
  <policy field="rank_low" policy="Duplicate" />
  <policy field="rank_high" policy="Duplicate" />
  <policy field="stability" policy="Duplicate" />
  <policy field="recommended_theme" policy="Duplicate" />
  <policy field="peer_code" policy="Duplicate" />
  <policy field="data_coverage" policy="Duplicate" />
  <policy field="reasons_fr" policy="Duplicate" />
  <policy field="reasons_en" policy="Duplicate" />
  <policy field="notice" policy="Duplicate" />
 </splitPolicies>
 <duplicatePolicies>
  <policy field="code" policy="Duplicate" />
  <policy field="name" policy="Duplicate" />
  <policy field="population" policy="Duplicate" />
  <policy field="group_departement" policy="Duplicate" />
  <policy field="group_epci" policy="Duplicate" />
  <policy field="group_ept" policy="Duplicate" />
  <policy field="group_region" policy="Duplicate" />
  <policy field="readiness" policy="Duplicate" />
  <policy field="axis_innovation" policy="Duplicate" />
  <policy field="axis_partnership" policy="Duplicate" />
  <policy field="axis_data" policy="Duplicate" />
  <policy field="axis_inclusion" policy="Duplicate" />
  <policy field="activity_count" policy="Duplicate" />
  <policy field="activity" policy="Duplicate" />
  <policy field="activity_status" policy="Duplicate" />
  <policy field="expected_activity" policy="Duplicate" />
  <policy field="activity_gap" policy="Duplicate" />
  <policy field="gap_low" policy="Duplicate" />
  <policy field="gap_high" policy="Duplicate" />
  <policy field="evidence" policy="Duplicate" />
  <policy field="segment" policy="Duplicate" />
  <policy field="segment_probability" policy="Duplicate" />
  <policy field="priority" policy="Duplicate" />
  <policy field="target_rank" policy="Duplicate" />
  <policy field="rank_low" policy="Duplicate" />
  <policy field="rank_high" policy="Duplicate" />
  <policy field="stability" policy="Duplicate" />
  <policy field="recommended_theme" policy="Duplicate" />
  <policy field="peer_code" policy="Duplicate" />
  <policy field="data_coverage" policy="Duplicate" />
  <policy field="reasons_fr" policy="Duplicate" />
  <policy field="reasons_en" policy="Duplicate" />
  <policy field="notice" policy="Duplicate" />
 </duplicatePolicies>
 <defaults>
  <default applyOnUpdate="0" expression="" field="code" />
  <default applyOnUpdate="0" expression="" field="name" />
  <default applyOnUpdate="0" expression="" field="population" />
  <default applyOnUpdate="0" expression="" field="group_departement" />
  <default applyOnUpdate="0" expression="" field="group_epci" />
  <default applyOnUpdate="0" expression="" field="group_ept" />
  <default applyOnUpdate="0" expression="" field="group_region" />
  <default applyOnUpdate="0" expression="" field="readiness" />
  <default applyOnUpdate="0" expression="" field="axis_innovation" />
  <default applyOnUpdate="0" expression="" field="axis_partnership" />
  <default applyOnUpdate="0" expression="" field="axis_data" />
  <default applyOnUpdate="0" expression="" field="axis_inclusion" />
  <default applyOnUpdate="0" expression="" field="activity_count" />
  <default applyOnUpdate="0" expression="" field="activity" />
  <default applyOnUpdate="0" expression="" field="activity_status" />
  <default applyOnUpdate="0" expression="" field="expected_activity" />
  <default applyOnUpdate="0" expression="" field="activity_gap" />
  <default applyOnUpdate="0" expression="" field="gap_low" />
  <default applyOnUpdate="0" expression="" field="gap_high" />
  <default applyOnUpdate="0" expression="" field="evidence" />
  <default applyOnUpdate="0" expression="" field="segment" />
  <default applyOnUpdate="0" expression="" field="segment_probability" />
  <default applyOnUpdate="0" expression="" field="priority" />
  <default applyOnUpdate="0" expression="" field="target_rank" />
  <default applyOnUpdate="0" expression="" field="rank_low" />
  <default applyOnUpdate="0" expression="" field="rank_high" />
  <default applyOnUpdate="0" expression="" field="stability" />
  <default applyOnUpdate="0" expression="" field="recommended_theme" />
  <default applyOnUpdate="0" expression="" field="peer_code" />
  <default applyOnUpdate="0" expression="" field="data_coverage" />
  <default applyOnUpdate="0" expression="" field="reasons_fr" />
  <default applyOnUpdate="0" expression="" field="reasons_en" />
  <default applyOnUpdate="0" expression="" field="notice" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="code" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="name" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="population" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="group_departement" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="group_epci" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="group_ept" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="group_region" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="readiness" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="axis_innovation" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="axis_partnership" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="axis_data" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="axis_inclusion" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="activity_count" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="activity" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="activity_status" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="expected_activity" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="activity_gap" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gap_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gap_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="evidence" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="segment" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="segment_probability" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="priority" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="target_rank" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="rank_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="rank_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="stability" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="recommended_theme" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="peer_code" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="data_coverage" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="reasons_fr" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="reasons_en" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="notice" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="code" />
  <constraint desc="" exp="" field="name" />
  <constraint desc="" exp="" field="population" />
  <constraint desc="" exp="" field="group_departement" />
  <constraint desc="" exp="" field="group_epci" />
  <constraint desc="" exp="" field="group_ept" />
  <constraint desc="" exp="" field="group_region" />
  <constraint desc="" exp="" field="readiness" />
  <constraint desc="" exp="" field="axis_innovation" />
  <constraint desc="" exp="" field="axis_partnership" />
  <constraint desc="" exp="" field="axis_data" />
  <constraint desc="" exp="" field="axis_inclusion" />
  <constraint desc="" exp="" field="activity_count" />
  <constraint desc="" exp="" field="activity" />
  <constraint desc="" exp="" field="activity_status" />
  <constraint desc="" exp="" field="expected_activity" />
  <constraint desc="" exp="" field="activity_gap" />
  <constraint desc="" exp="" field="gap_low" />
  <constraint desc="" exp="" field="gap_high" />
  <constraint desc="" exp="" field="evidence" />
  <constraint desc="" exp="" field="segment" />
  <constraint desc="" exp="" field="segment_probability" />
  <constraint desc="" exp="" field="priority" />
  <constraint desc="" exp="" field="target_rank" />
  <constraint desc="" exp="" field="rank_low" />
  <constraint desc="" exp="" field="rank_high" />
  <constraint desc="" exp="" field="stability" />
  <constraint desc="" exp="" field="recommended_theme" />
  <constraint desc="" exp="" field="peer_code" />
  <constraint desc="" exp="" field="data_coverage" />
  <constraint desc="" exp="" field="reasons_fr" />
  <constraint desc="" exp="" field="reasons_en" />
  <constraint desc="" exp="" field="notice" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable />
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <mapTip enabled="1">&lt;p&gt;&lt;b&gt;[% try(coalesce(replace(replace(replace("name", '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), ''), '') %]&lt;/b&gt;[% try(coalesce(' &lt;small&gt;(' || replace(replace(replace("code", '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') || ')&lt;/small&gt;', ''), '') %]&lt;br&gt;
&lt;b&gt;[% try(coalesce(CASE WHEN "segment" = 'engage' THEN 'engage' WHEN "segment" = 'verify' THEN 'verify' WHEN "segment" = 'showcase' THEN 'showcase' WHEN "segment" = 'support' THEN 'support' WHEN "segment" = 'raise_awareness' THEN 'raise awareness' WHEN "segment" = 'insufficient_data' THEN 'insufficient data' END, ''), '') %]&lt;/b&gt;[% try(coalesce('&lt;br&gt;' || 'Rank ' || to_string("target_rank") || ' (interval ' || to_string("rank_low") || '–' || to_string("rank_high") || '), stability: ' || CASE WHEN "stability" = 'core' THEN 'core' WHEN "stability" = 'probable' THEN 'probable' WHEN "stability" = 'debatable' THEN 'debatable' END || '', ''), '') %]&lt;/p&gt;
[% try(coalesce('&lt;ul&gt;&lt;li&gt;' || array_to_string(array_slice(string_to_array(replace(replace(replace("reasons_en", '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '\n'), 0, 2), '&lt;/li&gt;&lt;li&gt;') || '&lt;/li&gt;&lt;/ul&gt;', ''), '') %]
[% try(coalesce('&lt;p&gt;&lt;i&gt;' || replace(replace(replace(replace(replace(replace("notice", 'Fictitious region: no real place', 'Fictitious region: no real place'), 'Synthetic layers: some of the data are generated, not observed', 'Synthetic layers: some of the data are generated, not observed'), 'Proxy, not smart activity', 'Proxy, not smart activity'), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;') || '&lt;/i&gt;&lt;/p&gt;', ''), '') %]</mapTip>
 <layerGeometryType>2</layerGeometryType>
</qgis>
