"""The desk for programs: ``/api/v1``, the same questions as the pages ask, in JSON."""
