"""The study file of the fictitious region, which is also a model of how to write one."""

from __future__ import annotations

STUDY = """\
# A study of the fictitious region of Hypothésie: every place, name and figure is invented.
# It is also a model: copy it, put your own files in its place, and say what you want to know.
# Paths are relative to this file. `name: {fr: …, en: …}` is what the two languages show.

version: 1
name: "Région fictive d'Hypothésie"
fictitious: true                     # every map, table and page says so
date: 2026-01-31                     # printed as the state of the data
crs: EPSG:2154                       # projected, in metres: areas and distances are computed in it

# Who is compared with whom: one row per territory, here the communes.
territories: {source: communes, code: code_insee, name: nom, population: population}

# To what each territory belongs: columns of the same layer.
groups: {departement: nom_departement, epci: nom_epci}

# The files. A table has a `key`: the column with the territory's code. How a table is written (separator, decimal
# comma, encoding) is detected; say it only where you want to be sure, as for `energy`.
sources:
  communes:
    path: fictitious_communes.gpkg
    layer: communes
    attribution: "Découpage fictif d'Hypothésie"
    licence: Licence Ouverte 2.0
    date: 2026-01-01
  energy:                            # codes that lost their zeros, values kept secret
    path: fictitious_energy.csv
    key: code_insee
    separator: ";"
    decimal: ","
    encoding: cp1252
    attribution: "Distributeurs fictifs d'énergie"
    licence: Licence Ouverte 2.0
    date: 2024-12-31
  housing:                           # one commune is not in the file
    path: fictitious_housing.csv
    key: code_insee
    attribution: "Recensement fictif"
    licence: Licence Ouverte 2.0
    date: 2024-01-01
  no2:                               # annual mean, µg/m³; one commune was left out of the model
    path: fictitious_no2.tif
    band: 1
    attribution: "Observatoire fictif de l'air"
    licence: ODbL 1.0
    date: 2024-12-31
  flood:                             # three levels that overlap; one polygon is drawn wrongly
    path: fictitious_flood.gpkg
    layer: flood_zones
    attribution: "Direction fictive des territoires"
    licence: Licence Ouverte 2.0
    date: 2023-06-30
  green:                             # overlapping, and one park is there twice
    path: fictitious_green.gpkg
    layer: green_spaces
    attribution: "Agence fictive de la nature"
    licence: Licence Ouverte 2.0
    date: 2025-03-31
  documents:
    path: fictitious_planning.gpkg
    layer: documents
    attribution: "Portail fictif de l'urbanisme"
    licence: Licence Ouverte 2.0
    date: 2025-12-31
  fibre:                             # one cell is empty
    path: fictitious_fibre.csv
    key: code_insee
    attribution: "Régulateur fictif des télécommunications"
    licence: Licence Ouverte 2.0
    date: 2025-09-30
  services:
    path: fictitious_services.gpkg
    layer: services
    attribution: "Annuaire fictif des services"
    licence: Licence Ouverte 2.0
    date: 2025-10-31
  capacities:
    path: fictitious_capacities.xlsx
    sheet: communes
    key: code_insee
    attribution: "Enquête fictive auprès des mairies"
    licence: Licence Ouverte 2.0
    date: 2025-06-30
  register:                          # projects, and where somebody looked for some
    path: register.gpkg
    attribution: "Région fictive d'Hypothésie"
    licence: Licence Ouverte 2.0
    date: 2026-01-31
  # Residents on squares of 200 m are in fictitious_population.tif, for measures that weigh by inhabitants.

# What the region wants to act on. A weight of 2 counts twice as much as a weight of 1.
themes:
  - {id: energy, name: {fr: Transition énergétique, en: Energy transition}, weight: 1}
  - {id: air, name: {fr: "Qualité de l'air", en: Air quality}, weight: 1}
  - {id: flood, name: {fr: "Résilience aux inondations et gestion de crise",
                       en: Flood resilience and crisis management}, weight: 1}
  - {id: green, name: {fr: "Aménagement durable, espaces verts et naturels",
                       en: "Sustainable planning, green and natural spaces"}, weight: 1}
  - {id: planning, name: {fr: "Outils et pratiques d'aménagement", en: Planning tools and practices}, weight: 1}

indicators:
  # ── Stakes: how much a theme matters here. `direction: 1` says that a higher value is a greater stake,
  #    `direction: -1` that a lower one is.
  - {id: electricity, name: {fr: Électricité résidentielle par habitant, en: Residential electricity per inhabitant},
     role: stake, theme: energy, measure: {kind: per_capita, source: energy, field: conso_residentiel_mwh},
     unit: MWh/inhabitant, direction: 1, weight: 2}
  - {id: old_dwellings, name: {fr: Part de logements construits avant 1975, en: Share of dwellings built before 1975},
     role: stake, theme: energy,
     measure: {kind: ratio, source: housing, numerator: logements_avant_1975, denominator: logements},
     direction: 1, weight: 1}
  - {id: no2_mean, name: {fr: "Dioxyde d'azote, moyenne annuelle", en: "Nitrogen dioxide, annual mean"},
     role: stake, theme: air, measure: {kind: zonal_mean, source: no2}, unit: µg/m³, direction: 1, weight: 1}
  - {id: flood_share, name: {fr: "Part du territoire en zone inondable, tous aléas",
                             en: "Share of the territory in flood zones, all levels"},
     role: stake, theme: flood, measure: {kind: coverage_share, source: flood}, unit: "%", direction: 1, weight: 1}
  - {id: flood_strong_area, name: {fr: Surface en aléa fort ou moyen, en: Area with a strong or medium flood hazard},
     role: stake, theme: flood,
     measure: {kind: coverage_area, source: flood, where: "niveau IN ('fort', 'moyen')"},
     unit: m², direction: 1, weight: 1}
  - {id: green_per_inhabitant, name: {fr: Espaces verts ouverts au public par habitant,
                                      en: Green space open to the public per inhabitant},
     role: stake, theme: green, measure: {kind: coverage_per_capita, source: green, where: "ouvert = 'Oui'"},
     unit: m²/inhabitant, direction: -1, weight: 1}   # the less there is, the more it matters
  - {id: nature_share, name: {fr: "Part de forêts et de réserves à préserver",
                              en: Share of forests and reserves to preserve},
     role: stake, theme: green,
     measure: {kind: coverage_share, source: green, where: "nature IN ('forêt', 'réserve')"},
     unit: "%", direction: 1, weight: 1}
  - {id: recent_plan_share, name: {fr: "Part couverte par un document d'urbanisme approuvé depuis 2018",
                                   en: Share covered by a planning document approved since 2018},
     role: stake, theme: planning,
     measure: {kind: coverage_share, source: documents, where: "datappro >= '20180101'"},
     unit: "%", direction: -1, weight: 1}
  - {id: vacant_dwellings, name: {fr: Part de logements vacants, en: Share of vacant dwellings},
     role: stake, theme: planning,
     measure: {kind: ratio, source: housing, numerator: logements_vacants, denominator: logements},
     direction: 1, weight: 1}

  # ── Success factors: what makes a project likely to work. Together they are the readiness. Each belongs to one of
  #    the four axes of a smart action: innovation, partnership, data, inclusion.
  - {id: third_places, name: {fr: Tiers-lieux pour 1 000 habitants, en: "Third places per 1,000 inhabitants"},
     role: success_factor, axis: innovation,
     measure: {kind: count_per_1000, source: services, where: "type = 'tiers-lieu'"},
     unit: per 1 000 inhabitants, direction: 1, weight: 1}
  - {id: skilled_jobs, name: {fr: Part de cadres dans l'emploi, en: Share of skilled jobs},
     role: success_factor, axis: innovation, measure: {kind: field, source: capacities, field: cadres_pct},
     unit: "%", direction: 1, weight: 1}
  - {id: engineering, name: {fr: "Ingénieurs de l'EPCI (équivalents temps plein)",
                             en: Engineers of the EPCI (full-time equivalents)},
     role: success_factor, axis: partnership, measure: {kind: field, source: capacities, field: ingenieurs_epci_etp},
     direction: 1, weight: 1}
  - {id: agreements, name: {fr: Conventions de partenariat en cours, en: Partnership agreements in force},
     role: success_factor, axis: partnership, measure: {kind: field, source: capacities, field: conventions},
     direction: 1, weight: 1}
  - {id: fibre_share, name: {fr: Locaux raccordables à la fibre, en: Premises that can have fibre},
     role: success_factor, axis: data, measure: {kind: field, source: fibre, field: thd},
     unit: "%", direction: 1, weight: 1}
  - {id: open_data, name: {fr: Jeux de données ouverts par la commune, en: Data sets opened by the commune},
     role: success_factor, axis: data, measure: {kind: field, source: capacities, field: jeux_ouverts},
     direction: 1, weight: 1}
  - {id: digital_help, name: {fr: Lieux de médiation numérique, en: Digital help desks},
     role: success_factor, axis: inclusion,
     measure: {kind: count, source: services, where: "type = 'médiation numérique'"},
     direction: 1, weight: 1}
  - {id: turnout, name: {fr: Participation aux élections municipales, en: Turnout at municipal elections},
     role: success_factor, axis: inclusion, measure: {kind: field, source: capacities, field: participation_pct},
     unit: "%", direction: 1, weight: 1}

  # ── Activity: what is being done already.
  - {id: projects, name: {fr: Projets recensés, en: Recorded projects}, role: activity,
     measure: {kind: register_activity, source: register}, unit: projects}

# What a missing value does must be said. Here the others take its weight, and the score shows how much was known.
scoring: {missing: renormalise}

# How many territories the list of those to call holds.
targeting: {shortlist: 30}

# How sure the ranking is: it is computed again 1,000 times with weights drawn around those above.
robustness: {draws: 1000, seed: 1}
"""
