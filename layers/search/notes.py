"""What the search box says to a person, in each language."""

from layers.core.words import Title

EMPTY = Title(
    "Bir adres, ada/parsel, mahalle, sokak, yer, plan numarası ya da koordinat yazın.",
    "Write an address, a block and parcel number, a neighbourhood, a street, a place, a plan number or coordinates.",
)
NOTHING_FOUND = Title(
    "“{text}” bulunamadı. Yazımı denetleyin ya da ilçe ekleyin; örnek: {example}.",
    "Nothing was found for “{text}”. Check the spelling or add the district; for instance: {example}.",
)
EXAMPLE = Title("1234 ada 5 parsel", "1234/5 for block 1234, parcel 5")
CHOOSE = Title("Birden çok yer buna uyuyor. Birini seçin.", "Several places fit. Choose one.")
CUT = Title(
    "Yazdıklarınızın ilk {longest} harfi okundu.",
    "Only the first {longest} letters of what you wrote were read.",
)
OUTSIDE = Title(
    "Bu koordinat bu havuzun alanı dışında. İki sayının sırasını ve birimini denetleyin.",
    "These coordinates lie outside the area of this pool. Check the order and the unit of the two numbers.",
)
NO_SUCH_DOOR = Title(
    "Bu sokakta {door} numaralı kapı yok, başka kapı da kayıtlı değil. Yeri haritadan seçin.",
    "There is no door {door} on this street, and no other is recorded. Choose the place on the map.",
)
NO_SUCH_DOOR_NEAREST = Title(
    "Bu sokakta {door} numaralı kapı yok; en yakını {nearest}.",
    "There is no door {door} on this street; nearest: {nearest}.",
)
DOOR_WITHOUT_LETTER = Title(
    "{door} numaralı kapı kayıtlı değil; en yakını {nearest}.",
    "Door {door} is not recorded; nearest: {nearest}.",
)
BETWEEN = Title(
    "{street} No: {door} (kayıtlı değil; {low} ile {high} arasında, yaklaşık)",
    "{street} {door} (not recorded; about here, between {low} and {high})",
)
ELSEWHERE = Title(
    "Yazdıklarınızda başka bir ilin adı geçiyor; burada yalnız bu havuzdaki adresler aranır. Adresi ilçesiyle yazın.",
    "What you wrote names another city; only addresses of this pool are searched here. Write the district.",
)
OTHER_NUMBER = Title(
    "Bu numarada sokak yok; numarası en yakın sokaklar gösteriliyor.",
    "There is no street of that number; those with the nearest numbers are shown.",
)
OTHER_TYPE = Title(
    "Bu adda, yazdığınız türde bir yol yok; aynı adı taşıyanlar gösteriliyor.",
    "There is no street of that name and kind; others of the same name are shown.",
)
OTHER_POSTAL_CODE = Title(
    "Posta kodu bu adrese uymuyor; kodu denetleyin ya da yerine ilçeyi yazın.",
    "The postal code does not fit this address; check it, or write the district instead.",
)
OTHER_BLOCK = Title(
    "Yazdığınız site ya da blok bu kapıda kayıtlı değil; kayıtlı olanlar gösteriliyor.",
    "The estate or block you wrote is not recorded at this door; those that are are shown.",
)
ALSO_KNOWN_AS = Title("diğer adı {name}", "also known as {name}")
STREET = Title("{name} {type}", "{name} {type}")
BLOCK = Title("{block} Blok", "Block {block}")
OTHER_NEIGHBOURHOOD = Title(
    "Yazdığınız mahallede yok; başka mahallelerdekiler gösteriliyor.",
    "Not in the neighbourhood you wrote; those in others are shown.",
)
OTHER_DISTRICT = Title(
    "{district} ilçesinde yok; başka ilçelerdekiler gösteriliyor.",
    "Not in {district}; those in other districts are shown.",
)
ALIKE = Title(
    "Tam olarak böyle bir ad yok; benzerleri gösteriliyor.",
    "Nothing is called exactly so; similar names are shown.",
)
DOOR = Title("{street} No: {door}", "{street} {door}")
PARCEL = Title("{block} ada {parcel} parsel", "Block {block}, parcel {parcel}")
ENDED = Title(
    "{parcel} artık yok; yerine gelenler gösteriliyor.",
    "{parcel} has ended; what took its place is shown.",
)
ENDED_BY = Title("{parcel} ({operation}, {day})", "{parcel} ({operation}, {day})")
ENDED_FOR_GOOD = Title(
    "{parcel} artık yok ve yerine gelen parsel kayıtlı değil. Ne olduğunu ilçe belediyesine sorun.",
    "{parcel} has ended and no parcel is recorded in its place. Ask the municipality of the district about it.",
)
COORDINATE = Title("{lat:.6f} enlem, {lon:.6f} boylam", "Latitude {lat:.6f}, longitude {lon:.6f}")
NO_PARCEL_HERE = Title("Burada parsel yok", "No parcel here")
NO_SUCH_CODE = Title(
    "{code} adres kodu kayıtlı değil. Rakamları denetleyin ya da adresi yazın.",
    "The address code {code} is not recorded. Check its digits, or write the address.",
)
NO_DOOR_NEAR = Title(
    "Buraya {metres} m'den yakın kayıtlı bir kapı yok; haritada yakınlaştırıp başka bir nokta seçin.",
    "No door is recorded within {metres} m of here; zoom in on the map and choose another point.",
)
