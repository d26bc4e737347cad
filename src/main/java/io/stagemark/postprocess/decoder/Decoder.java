package io.stagemark.postprocess.decoder;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.spi.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A family of detectors whose outputs become boxes: what {@code decoder.type} of a model card
 * names.
 */
public interface Decoder extends Named {
  /** Returns whose outputs it reads, in one line. */
  String description();

  /**
   * Returns the outputs that it reads, such as {@code one output [N, 4 + classes, candidates]};
   * default: nothing is said.
   */
  default String layout() {
    return "";
  }

  /** Returns what {@code decoder.parameters} of a card may say; default: nothing. */
  default List<DecoderParameter> parameters() {
    return List.of();
  }

  @Override
  default void requireUsable() {
    Objects.requireNonNull(description(), "it has no description");
    Objects.requireNonNull(parameters(), "it says no parameters");
  }

  /**
   * Returns false for a decoder whose boxes need no suppression: the network has done it, or they
   * are apart by their making.
   */
  default boolean needsNms() {
    return true;
  }

  /** Returns the rule of suppression of a card that names none. */
  default NmsMethod usualNms() {
    return NmsMethod.HARD;
  }

  /**
   * Returns whether a candidate has a score for each class, so that it may count for several; false
   * where the model gives one class to a box.
   */
  default boolean hasMultiLabel() {
    return true;
  }

  /** Returns what it finds of an object besides its box; default: nothing. */
  default Set<ObjectPart> parts() {
    return Set.of();
  }

  /**
   * Returns what it finds of an object besides its box where a card says so; default: what it finds
   * in any case.
   *
   * @param parameters what the card says, by name; others have their defaults
   */
  default Set<ObjectPart> parts(Map<String, String> parameters) {
    return parts();
  }

  /**
   * Makes the decoder of one model. It is called when a card is checked, before anything runs, and
   * again in each trial.
   *
   * @param head the model's outputs and classes; every one of {@link #parameters} has a value, that
   *     of the card or its default
   * @throws LayoutException if it does not read such outputs; {@link Head#refusal} makes one
   */
  BoxDecoder create(Head head);
}
