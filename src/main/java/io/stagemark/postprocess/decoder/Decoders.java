package io.stagemark.postprocess.decoder;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The decoders by the name that a model card gives. */
public final class Decoders {
  private static final Map<String, Function<Head, BoxDecoder>> BY_NAME =
      new TreeMap<>(Map.of("centernet", CenterNet::new));

  private Decoders() {}

  /**
   * Makes a decoder for a model.
   *
   * @throws IllegalArgumentException if there is no decoder of that name, or its layout is not the
   *     model's; the message names both
   */
  public static BoxDecoder create(Head head) {
    Function<Head, BoxDecoder> constructor = BY_NAME.get(head.type());
    if (constructor == null) {
      throw new IllegalArgumentException(
          "no decoder '%s'; there are %s".formatted(head.type(), BY_NAME.keySet()));
    }
    return constructor.apply(head);
  }
}
