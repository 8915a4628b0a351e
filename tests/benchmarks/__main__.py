"""`make bench`: what takes how long, both sides of a comparison in one run, medians."""

from . import coding_load, desk_page, effects_speed, first_page, live_look

for benchmark in (first_page, desk_page, live_look, effects_speed, coding_load):
    print(f"\n{benchmark.__doc__}")
    benchmark.main()
