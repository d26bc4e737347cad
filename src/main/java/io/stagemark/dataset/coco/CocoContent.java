package io.stagemark.dataset.coco;

import io.stagemark.data.object.ObjectPart;
import java.util.Set;

/** What of each object is read: its box alone, or what is compared in its place. */
public enum CocoContent {
  /** Boxes. */
  BOXES(false, false, false),
  /** Pixels of objects, and the sizes of images. */
  MASKS(true, false, true),
  /** Key points of objects. */
  KEY_POINTS(false, true, true),
  /** Boxes, and the pixels of the objects that have such. */
  MASKS_IF_ANY(true, false, false),
  /** Boxes, and the key points of the objects that have such. */
  KEY_POINTS_IF_ANY(false, true, false);

  private final boolean masks;
  private final boolean keyPoints;
  private final boolean required;

  CocoContent(boolean masks, boolean keyPoints, boolean required) {
    this.masks = masks;
    this.keyPoints = keyPoints;
    this.required = required;
  }

  /** Returns what a data set reads for a model that finds some parts of objects. */
  static CocoContent of(Set<ObjectPart> parts) {
    return parts.contains(ObjectPart.MASK)
        ? MASKS_IF_ANY
        : parts.contains(ObjectPart.KEY_POINTS) ? KEY_POINTS_IF_ANY : BOXES;
  }

  boolean hasMasks() {
    return masks;
  }

  boolean hasKeyPoints() {
    return keyPoints;
  }

  /** Returns whether every object must have them. */
  boolean isRequired() {
    return required;
  }
}
