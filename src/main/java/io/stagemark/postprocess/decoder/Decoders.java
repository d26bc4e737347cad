package io.stagemark.postprocess.decoder;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.spi.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The decoders on the class path by the name that a model card gives. */
public final class Decoders {
  private static volatile @Nullable Registry<Decoder> found;

  private Decoders() {}

  /**
   * Returns every decoder on the class path.
   *
   * @throws IllegalStateException if two have one name
   */
  public static Registry<Decoder> registry() {
    Registry<Decoder> known = found; // no static initializer: its failures have no message
    if (known == null) {
      known = Registry.discover(Decoder.class, Decoders.class.getClassLoader());
      found = known;
    }
    return known;
  }

  /** Returns the names, sorted. */
  public static List<String> names() {
    return registry().names();
  }

  /** Returns the decoder of that name or alias. */
  public static Optional<Decoder> find(String type) {
    return registry().find(type);
  }

  /**
   * Returns the decoder of that name or alias.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Decoder get(String type) {
    return find(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no decoder '%s'; there are %s".formatted(type, names())));
  }

  /**
   * Returns {@link Decoder#needsNms}.
   *
   * @throws IllegalArgumentException if there is no decoder of that name
   */
  public static boolean needsNms(String type) {
    return get(type).needsNms();
  }

  /**
   * Returns {@link Decoder#parts(Map)}; nothing if there is no decoder of that name.
   *
   * @param parameters of the card
   */
  public static Set<ObjectPart> parts(String type, Map<String, String> parameters) {
    return find(type).map(each -> each.parts(parameters)).orElse(Set.of());
  }

  /**
   * Returns what a card says of a parameter, or its default; empty if the decoder has none of that
   * name.
   *
   * @param parameters of the card
   */
  public static Optional<String> parameter(
      String type, Map<String, String> parameters, String name) {
    return get(type).parameters().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> parameters.getOrDefault(name, each.fallback()));
  }

  /**
   * Makes a decoder for a model.
   *
   * @throws IllegalArgumentException if there is no decoder of that name, it has no such parameter
   *     or not of that value, or its layout is not the model's; the message names both
   */
  public static BoxDecoder create(Head head) {
    Decoder decoder = get(head.type());
    Map<String, String> parameters = new HashMap<>();
    decoder.parameters().forEach(each -> parameters.put(each.name(), each.fallback()));
    head.parameters()
        .forEach((name, value) -> parameters.put(name, checked(head.type(), decoder, name, value)));
    return decoder.create(
        new Head(
            head.type(),
            head.classes(),
            head.outputs(),
            head.inputWidthPx(),
            head.inputHeightPx(),
            parameters));
  }

  /** Returns the other decoders that read such outputs, with the defaults of their parameters. */
  static List<String> reading(Head head) {
    List<String> fitting = new ArrayList<>();
    for (String type : names()) {
      if (!type.equals(head.type()) && reads(type, head)) {
        fitting.add(type);
      }
    }
    return fitting;
  }

  private static boolean reads(String type, Head head) {
    try {
      create(
          new Head(
              type,
              head.classes(),
              head.outputs(),
              head.inputWidthPx(),
              head.inputHeightPx(),
              Map.of()));
      return true;
    } catch (IllegalArgumentException e) {
      return false; // it reads others
    }
  }

  private static String checked(String type, Decoder decoder, String name, String value) {
    DecoderParameter parameter =
        decoder.parameters().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "decoder '%s' has no parameter [%s]; it knows %s"
                            .formatted(
                                type,
                                name,
                                decoder.parameters().stream()
                                    .map(DecoderParameter::name)
                                    .toList())));
    if (!parameter.allows(value)) {
      throw new IllegalArgumentException(
          "parameter %s of decoder '%s' must be %s, got %s"
              .formatted(name, type, parameter.expected(), value));
    }
    return value;
  }
}
