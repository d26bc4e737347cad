package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** All families, and the choice among those that fit. */
public final class Heads {
  private static final List<HeadFamily> FAMILIES =
      List.of(
          new YoloRows(),
          new YoloX(),
          new YoloColumns(),
          new EndToEndRows(),
          new UltralyticsRtDetr(),
          new PostprocessedDetr(),
          new QueryLogits(),
          new YoloNas(),
          new SsdPriors(),
          new SelectedBoxes(),
          new YuNet(),
          new Scrfd(),
          new NanoDet(),
          new FastestDet(),
          new CenterNet(),
          new BlazeFace(),
          new PixelMap(),
          new Classifier());

  private Heads() {}

  /**
   * What the outputs could be.
   *
   * @param chosen the only head that fits as surely as any; absent where none or several do
   * @param candidates every head that fits, the surest first
   */
  public record Recognition(Optional<Head> chosen, List<Head> candidates) {
    public Recognition {
      candidates = List.copyOf(candidates);
    }

    /** Returns whether several fit as surely as each other. */
    public boolean isAmbiguous() {
      return chosen.isEmpty() && !candidates.isEmpty();
    }

    /** Returns the head of a family, as the user states it; empty if it does not fit. */
    public Optional<Recognition> choosing(String family) {
      return candidates.stream()
          .filter(head -> head.family().equals(family))
          .findFirst()
          .map(head -> head.graded(Grade.STATED, "--head; " + head.source()))
          .map(head -> new Recognition(Optional.of(head), candidates));
    }
  }

  /** Recognises the head of a model. */
  public static Recognition recognise(HeadContext model) {
    TreeMap<Grade, List<Head>> byGrade = new TreeMap<>();
    for (HeadFamily family : FAMILIES) {
      for (Head head : family.match(model)) {
        byGrade.computeIfAbsent(head.grade(), grade -> new ArrayList<>()).add(head);
      }
    }
    List<Head> candidates = byGrade.values().stream().flatMap(List::stream).toList();
    Optional<Head> chosen =
        byGrade.isEmpty() || byGrade.firstEntry().getValue().size() > 1
            ? Optional.empty()
            : Optional.of(byGrade.firstEntry().getValue().get(0));
    return new Recognition(chosen, candidates);
  }
}
