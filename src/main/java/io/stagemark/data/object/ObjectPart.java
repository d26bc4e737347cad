package io.stagemark.data.object;

/** What a detector finds of an object besides its box. */
public enum ObjectPart {
  /** Its pixels. */
  MASK,
  /** Its key points. */
  KEY_POINTS,
  /** The rectangle around it that may be turned. */
  ROTATED_BOX
}
