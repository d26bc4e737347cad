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
          new YoloTransposed(),
          new YoloColumns(),
          new EndToEndRows(),
          new UltralyticsRtDetr(),
          new PostprocessedDetr(),
          new QueryLogits(),
          new YoloNas(),
          new NineAnchors(),
          new SsdPriors(),
          new OnnxSelection(),
          new SelectedBoxes(),
          new YuNet(),
          new Scrfd(),
          new NanoDet(),
          new FastestDet(),
          new YoloFastestV2(),
          new Fcos(),
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
      return choosing(family, Grade.STATED, "--head");
    }

    private Optional<Recognition> choosing(String family, Grade grade, String why) {
      return candidates.stream()
          .filter(head -> head.family().equals(family))
          .findFirst()
          .map(head -> head.graded(grade, why + "; " + head.source()))
          .map(head -> new Recognition(Optional.of(head), candidates));
    }

    /**
     * Returns the one head that the first output of a run on a photograph can be; empty where it
     * can be several of the surest ones, or none.
     */
    public Optional<Recognition> probed(ProbedOutput output) {
      Grade surest = candidates.get(0).grade();
      List<Head> fitting = new ArrayList<>();
      List<String> against = new ArrayList<>();
      for (Head head : candidates) {
        if (head.grade() == surest) {
          output
              .against(head)
              .ifPresentOrElse(
                  why -> against.add("no %s (%s)".formatted(head.family(), why)),
                  () -> fitting.add(head));
        }
      }
      return fitting.size() == 1
          ? choosing(
              fitting.get(0).family(),
              Grade.DERIVED,
              "a run on a photograph: " + String.join(", ", against))
          : Optional.empty();
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
