import type { Desk } from "./desk";
import { inLanguage } from "./language";

const en = {
  pen: "What is being drawn",
  corner: "Corner in the middle",
  takeBack: "Corner back",
  finish: "Finish",
  rightAngles: "Right angles",
  numbers: "By numbers",
  length: "Length (m)",
  direction: "Direction",
  directions: { degrees: "degrees from north", grads: "grads from north", turn: "degrees from the last side, right +" },
  goOn: "Go on by that length",
  system: "System",
  coordinates: "Coordinates",
  setThere: "Set a corner there",
  noNumber: (field: string) => `Write a number under “${field}”, such as 25.5.`,
  noPair: "Write two numbers under “Coordinates”, in the order of the system, with a blank between them.",
  noCorner: "Set the first corner before you go on from it by a length.",
  noSide: "There is no side yet to turn from. Set two corners, or measure from north.",
  set: (count: number) => (count === 1 ? "1 corner is set." : `${count} corners are set.`),
  done: "The shape is finished.",
  failed: "The corner could not be worked out. Check the connection and try again.",
};

const tr: typeof en = {
  pen: "Çizilmekte olan",
  corner: "Ortaya köşe",
  takeBack: "Köşeyi geri al",
  finish: "Bitir",
  rightAngles: "Dik açı",
  numbers: "Sayıyla",
  length: "Uzunluk (m)",
  direction: "Yön",
  directions: { degrees: "kuzeyden derece", grads: "kuzeyden grad", turn: "son kenardan derece, sağa +" },
  goOn: "Bu uzunlukla sürdür",
  system: "Sistem",
  coordinates: "Koordinatlar",
  setThere: "Oraya köşe koy",
  noNumber: (field) => `“${field}” alanına 25,5 gibi bir sayı yazın.`,
  noPair: "“Koordinatlar” alanına sistemin sırasıyla, arasında boşlukla iki sayı yazın.",
  noCorner: "Uzunlukla sürdürmeden önce ilk köşeyi koyun.",
  noSide: "Dönülecek bir kenar henüz yok. İki köşe koyun ya da kuzeyden ölçün.",
  set: (count) => `${count} köşe kondu.`,
  done: "Şekil bitti.",
  failed: "Köşe hesaplanamadı. Bağlantıyı denetleyip yeniden deneyin.",
};

const fr: typeof en = {
  pen: "En cours de dessin",
  corner: "Sommet au centre",
  takeBack: "Annuler le sommet",
  finish: "Terminer",
  rightAngles: "Angles droits",
  numbers: "Par les nombres",
  length: "Longueur (m)",
  direction: "Direction",
  directions: { degrees: "degrés depuis le nord", grads: "grades depuis le nord", turn: "degrés depuis le dernier côté, à droite +" },
  goOn: "Continuer de cette longueur",
  system: "Système",
  coordinates: "Coordonnées",
  setThere: "Poser un sommet là",
  noNumber: (field) => `Écrivez un nombre sous «\u202f${field}\u202f», par exemple 25,5.`,
  noPair: "Écrivez deux nombres sous «\u202fCoordonnées\u202f», dans l’ordre du système, séparés par une espace.",
  noCorner: "Posez le premier sommet avant de continuer d’une longueur.",
  noSide: "Il n’y a pas encore de côté d’où tourner. Posez deux sommets, ou mesurez depuis le nord.",
  set: (count) => (count < 2 ? `${count} sommet posé.` : `${count} sommets posés.`),
  done: "La forme est terminée.",
  failed: "Le sommet n’a pas pu être calculé. Vérifiez la connexion et réessayez.",
};

export function penWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
