"""The few computations everything else stands on, each one plain source over integer sequences.

Interpreted on lists for one visit, compiled by Numba on arrays for many (``compiled``). A kernel imports nothing, calls
nothing but other kernels, allocates nothing and returns nothing: it fills sequences it is given.
"""
