package io.stagemark.postprocess.decoder.dense;

import java.util.Locale;
import java.util.stream.Stream;

/** Constants as a card names them: {@code YX_CORNERS} is {@code yx-corners}. */
final class CardWord {
  private CardWord() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the words of all constants, the default first. */
  static String[] of(Enum<?> first, Enum<?>... all) {
    return Stream.concat(Stream.of(first), Stream.of(all).filter(each -> !each.equals(first)))
        .map(CardWord::of)
        .toArray(String[]::new);
  }

  static <E extends Enum<E>> E find(E[] all, String word) {
    return Stream.of(all).filter(each -> of(each).equals(word)).findFirst().orElseThrow();
  }
}
