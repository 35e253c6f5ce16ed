"""The default profile: Kern High School District, whose page this project was created from. All defaults."""

from simulator.profiles.profile import Profile

KHSD = Profile(name="khsd")
