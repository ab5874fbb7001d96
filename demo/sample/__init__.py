"""The sample fabric: settlements, streets, parcels and plans that never were, the same for the same seed.

city.py plans the whole city (who lives where, which ground is built on, where neighbourhoods meet);
district.py makes one district of that plan into tables ready to be loaded.
"""
