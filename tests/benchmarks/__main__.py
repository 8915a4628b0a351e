"""`make bench`: what takes how long, both sides of a comparison in one run, medians."""

from . import (
    beside_taguette,
    code_suggestions,
    desk_page,
    desk_speed,
    disclosure_speed,
    effects_speed,
    first_page,
    history_page,
    live_look,
    parsing,
    pseudonyms,
    query_pages,
    randomisation_speed,
    sustained,
    topics,
    write_cost,
)

for benchmark in (
    first_page,
    desk_page,
    live_look,
    history_page,
    query_pages,
    parsing,
    topics,
    effects_speed,
    code_suggestions,
    randomisation_speed,
    write_cost,
    beside_taguette,
    desk_speed,
    disclosure_speed,
    pseudonyms,
    sustained,
):
    print(f"\n{benchmark.__doc__}")
    benchmark.main()
