import { readConfig } from "./map/config";
import { promised } from "./map/element";
import { beginFirstPicture } from "./map/first_picture";

beginFirstPicture(promised("#map", HTMLElement), readConfig(), location.hash);
