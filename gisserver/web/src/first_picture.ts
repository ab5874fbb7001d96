import { readConfig } from "./map/config";
import { promised } from "./map/element";
import { showUntilDrawn } from "./map/first_picture";

void showUntilDrawn(promised("#map", HTMLElement), readConfig(), location.hash);
