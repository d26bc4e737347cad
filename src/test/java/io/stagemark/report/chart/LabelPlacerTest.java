package io.stagemark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LabelPlacerTest {
  private static final Area PICTURE = new Area(0, 0, 100, 50);

  @Test
  void place_beyondTheEdge_isMovedIntoThePicture() {
    LabelPlacer placer = new LabelPlacer(PICTURE);
    assertThat(placer.place(List.of(new Area(90, -5, 30, 10)))).contains(new Area(70, 0, 30, 10));
  }

  @Test
  void place_firstIsTaken_takesTheNext() {
    LabelPlacer placer = new LabelPlacer(PICTURE);
    placer.place(List.of(new Area(0, 0, 30, 10)));
    assertThat(placer.place(List.of(new Area(20, 5, 30, 10), new Area(40, 30, 30, 10))))
        .contains(new Area(40, 30, 30, 10));
  }

  @Test
  void place_edgesThatTouch_doNotOverlap() {
    LabelPlacer placer = new LabelPlacer(PICTURE);
    placer.place(List.of(new Area(0, 0, 30, 10)));
    assertThat(placer.place(List.of(new Area(0, 10, 30, 10)))).contains(new Area(0, 10, 30, 10));
  }

  @Test
  void place_noneIsFree_isLeftOut() {
    LabelPlacer placer = new LabelPlacer(PICTURE);
    placer.block(PICTURE);
    assertThat(placer.place(List.of(new Area(0, 0, 30, 10)))).isEmpty();
    assertThat(new LabelPlacer(PICTURE).place(List.of(new Area(0, 0, 101, 10)))).isEmpty();
  }

  // Boxes as of a crowded photograph.
  @Property(tries = 200)
  void place_manyBoxes_labelsNeverCoverEachOtherOrLeave(@ForAll long seed) {
    Random random = new Random(seed);
    Area picture = new Area(0, 0, 320, 240);
    LabelPlacer placer = new LabelPlacer(picture);
    List<Area> placed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Area box =
          new Area(
              random.nextInt(340) - 20,
              random.nextInt(260) - 20,
              random.nextInt(200),
              random.nextInt(150));
      List<Area> places = AnnotatedPicture.places(box, 20 + random.nextInt(90), 15);
      placer
          .place(places)
          .ifPresent(
              label -> {
                assertThat(picture.contains(label)).isTrue();
                assertThat(placed).noneMatch(label::overlaps);
                placed.add(label);
              });
    }
    assertThat(placed).isNotEmpty();
  }
}
