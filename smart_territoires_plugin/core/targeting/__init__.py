"""Who to call: activity, segments, priority, peers, reasons, and how stable the list is."""
