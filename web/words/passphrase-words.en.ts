const words = `
able acid acorn actor adobe after agent agile alarm album alert alley alpha amber ample anchor
angle ankle apple apron arena armor arrow artist aspen atlas attic audio aunt autumn avenue axis
bacon badge bagel baker balcony ballad bamboo banana banjo banner barley barn barrel basil basin
basket batch beach beacon beagle beam bean beard beaver bedrock beech beetle bell belt bench berry
bicycle birch bird biscuit bison blade blanket blaze blossom board boat bobbin bonfire book boot
border bottle boulder bowl bracket branch brass bread breeze brick bridge brisk brook broom brother
brush bubble bucket buckle budget buffalo bugle bundle burrow bushel butter button cabbage cabin
cable cactus cake calm camel camera canal candle candy canoe canvas canyon cape captain caramel
caravan cardinal cargo carpet carrot cart carve castle catalog cattle cave cedar celery cellar
cello cement cereal chain chair chalk chamber chapel charm chart cheese cherry chess chest chime
chin chisel choir cider cinder cinema circle circus citrus city clam clarinet classic clay clerk
cliff climb clock cloth cloud clover coach coast cobalt cobbler cocoa coconut coffee coin collar
color comet compass concert condor copper coral cork corn corner cosmos cottage cotton couch
country courage cousin coyote crab cradle crane crater crayon cream creek crest cricket crimson
crisp crocus crow crown cruise crystal cube cupboard curtain curve cushion cycle cypress dahlia
dairy daisy dance dawn deck deer delta denim desert desk diary dinner dock dolphin domain dome
donkey door dough dove dragon drama dream dress drift drum duck dune dusk eagle early earth easel
east echo eclipse edge elbow elder elegant elephant ember emerald engine entry equal evening ever
fabric falcon family famous farm fawn feather fence fennel fern ferry fiddle field figure finch
finger fire firefly fish flag flame flannel flask fleece flint float flock flora flour flower flute
foam focus folder forest fork fossil fountain frame freckle fresh friend frog frost fruit fudge
galaxy gallery garden garlic garnet gate gazelle gecko gentle geyser giant gift ginger giraffe
glacier glade glass globe glove goat gold golf goose gorge grain granite grape graph grass gravel
gravy green griddle grove guava guest guitar gull habit hammer hammock hamster harbor harp harvest
hatch hawk hazel heart hearth hedge heron hickory hill hinge history hockey holly home honey hood
horizon horse hotel house humble hunter hurdle husk ibis icicle igloo image inch index indigo inlet
iris iron island ivory jacket jade jaguar jasmine jelly jewel jigsaw journal journey juice jungle
juniper kayak kernel kettle kitchen kite kitten kiwi knee knight knot koala label lace ladder ladle
lagoon lake lamb lamp language lantern lark latch lattice laurel lava lavender lawn leaf leather
lecture ledge legend lemon lens leopard letter lettuce level library lilac lily lime linen lion
little lizard llama lobster lodge logic lotus lounge lucky lumber lunar lunch lynx magnet magnolia
magpie mango mantle maple marble march margin marigold market marlin maroon marsh mask meadow medal
melody melon memory mercury merit mesa metal meteor middle mill mineral mint mirror mist mitten
mocha model molar moment monkey month moon moose morning mosaic moss motor mountain mouse muffin
mulberry museum music mustard myrtle napkin narrow nature navy neck nectar needle nephew nest
nickel night noble nomad noodle north notebook novel number nutmeg oasis oatmeal ocean ochre octave
office olive omelet onion opal opera orange orbit orchard orchid organ oriole osprey otter outdoor
oval oven oxygen oyster pacific paddle page paint palace palm panda panel pantry papaya paper
parade parcel park parrot parsley pasta pastel patch path patio pattern peach peacock pear pearl
pebble pecan pelican pencil penguin pepper perch petal phone photo piano pickle picnic pier pigeon
pillow pilot pine pioneer pistachio pizza planet plank plant plate plaza plum pocket poem polar
pollen pond pony poplar poppy porch port potato pottery prairie prism puddle puffin pumpkin puppet
purple puzzle quail quartz queen quiet quill quilt quince rabbit raccoon radio radish raft rail
rain rainbow raisin ranch raven razor record reef relay ribbon rice ridge ring ripple river road
robin rocket roof rose rosemary rough round route rowboat ruby rudder runner saddle saffron sage
sail salad salmon salt sand sandal sapling sardine satin sauce scarf school scooter season seat
seed sesame shadow shark shawl sheep shelf shell shirt shoe shore shovel shrimp silk silver simple
singer sister skate sketch skill sleeve slope smile smoke snail snow soap soccer sofa solar sonnet
soup south spark sparrow spice spider spinach spiral spoon spring spruce square squash stable stair
stamp star statue steam steel stem stone stool storm story stove straw stream street string studio
sugar summer summit sunday sunset surf swan sweater swift syrup table tailor talent tango tarragon
teacher teapot temple tennis tent thimble thistle thread throne thumb thunder ticket tiger timber
toast today tomato topaz torch tortoise tower trail train travel tray treasure tree trellis trout
truck trumpet tulip tundra tunnel turkey turnip turtle twig umbrella uncle unicorn union upland
urban vacuum valley vanilla vapor velvet verse vessel village vine vinegar violet violin visit
voyage waffle wagon walnut walrus waltz warm wasp watch water wave weather weaver west whale wheat
wheel whisper willow wind window wing winter wolf wood wool world wren yacht yard year yellow
yogurt zebra zenith zephyr zinc abacus absent accent action admiral advice affair airport almond
alpine ancient anthem antler apricot arcade archer artery ashore aspect athlete atom avocado award
badger balance balloon bargain baritone beaker beauty bedroom believe beret blimp blender bluebell
bonnet bottom bouquet breeder bronze buckwheat bungalow butler cadet calendar campus candid canteen
captive carbon carnival carpenter cashew caution ceiling center chapter cheddar chestnut chicken
chimney choice clarity climate clinic closet clothing coastal comedy common content cookie corduroy
cosmic coupon cranberry creature culture custard daylight decade dentist diamond dialog dipper
director doctor dolmen drawer driver dumpling duplex earring eggplant eleven embroider enamel
energy envelope ermine expert explorer fairway fathom favorite feast festival fiction fiesta final
flamingo flavor flicker florist follow footpath forecast forge formal fortune fragment freight
frontier furnace gadget gallop garland general genius glitter goblet gondola gospel gourmet granola
grateful gravity greeting gymnast halibut hallway handle harmony hazelnut headline helmet heritage
hiking hobby hollow honest hopscotch horseshoe hummus hybrid imprint
`;

/** 1,024 different English words of four letters and more: ten bits a word. */
export const passphraseWordsEn: readonly string[] = words.trim().split(/\s+/);
