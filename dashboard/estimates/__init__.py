"""Design-based estimation, pure: arrays in, arrays out; no I/O, clock, session or language.

A *panel* is one realisation of the design (a month, a quarter, or one group of a breakdown): its respondents are counted
stratum by stratum. A *domain* is a part of the points (a city, a county, a point type). Every function is vectorised over
panels × domains; results have shape (panels, domains).
"""
