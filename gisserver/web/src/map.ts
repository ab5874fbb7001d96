import "maplibre-gl/dist/maplibre-gl.css";
import { Map } from "maplibre-gl";
new Map({container: "map"});
