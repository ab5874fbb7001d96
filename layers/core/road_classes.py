"""Classes of roads, as open map data calls them; other words may stand there too."""

from layers.core.words import Title

ROAD_CLASSES = {
    "motorway": Title("otoyol", "motorway"),
    "trunk": Title("devlet yolu", "trunk road"),
    "primary": Title("ana yol", "main road"),
    "primary_link": Title("ana yol bağlantısı", "link of a main road"),
    "secondary": Title("ikinci derece yol", "secondary road"),
    "secondary_link": Title("ikinci derece yol bağlantısı", "link of a secondary road"),
    "tertiary": Title("üçüncü derece yol", "collecting road"),
    "residential": Title("mahalle içi yol", "residential street"),
    "living_street": Title("yaya öncelikli yol", "living street"),
    "pedestrian": Title("yaya yolu", "pedestrian street"),
    "service": Title("servis yolu", "service road"),
    "unclassified": Title("sınıflandırılmamış yol", "unclassified road"),
    "track": Title("tarla yolu", "track"),
    "cycleway": Title("bisiklet yolu", "cycle path"),
    "footway": Title("patika", "footpath"),
    "steps": Title("merdiven", "steps"),
}
