package io.stagemark.dataset.coco;

/** What of each object is read: its box alone, or what is compared in its place. */
public enum CocoContent {
  /** Boxes. */
  BOXES,
  /** Pixels of objects, and the sizes of images. */
  MASKS,
  /** Key points of objects. */
  KEY_POINTS
}
