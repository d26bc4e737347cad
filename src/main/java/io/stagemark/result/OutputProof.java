package io.stagemark.result;

import java.util.List;

/**
 * What the outputs that a trial's scores are taken from look like: numbers that are not finite, and
 * signs that the model card does not fit the model.
 *
 * @param examples that were looked at
 * @param scored whether the run asked for scores
 * @param scoresTaken whether they were taken: of finite outputs alone, and of probabilities alone
 *     where the card says so
 * @param notFinite outputs with numbers that no score can be taken from
 * @param signs that the card does not fit
 */
public record OutputProof(
    int examples,
    boolean scored,
    boolean scoresTaken,
    List<NotFinite> notFinite,
    List<Sign> signs) {
  public OutputProof {
    notFinite = List.copyOf(notFinite);
    signs = List.copyOf(signs);
  }

  /**
   * An output with numbers that are not finite.
   *
   * @param output its name
   * @param read whether predictions and scores are made from it
   * @param examples how many have such numbers
   * @param first ids of the first of them, at most three
   * @param nan numbers that are NaN, of all examples together
   * @param infinite numbers that are infinite where nothing makes finite ones of them
   */
  public record NotFinite(
      String output, boolean read, int examples, List<String> first, long nan, long infinite) {
    public NotFinite {
      first = List.copyOf(first);
    }
  }

  /**
   * A sign that the card does not fit the model.
   *
   * @param decisive whether no score can be taken because of it
   * @param found what was seen
   * @param recommendation what to look at
   */
  public record Sign(boolean decisive, String found, String recommendation) {}
}
