"""Stand-ins for the providers that speak the vendors' published protocols over real connections.

They know who may come in, remember what they took, refuse in the vendor's own words, fail on demand, and sign what
they call back with. The shipped adapters run against them unchanged.
"""
