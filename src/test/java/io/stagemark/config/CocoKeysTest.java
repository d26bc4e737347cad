package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.scoring.detection.CocoSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code coco} of a config. */
final class CocoKeysTest {
  private static final String SCORED = ConfigBed.GOOD + "score: [coco-ap]\n";

  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  @Test
  void read_section_isInTheSettingsOfEveryCase() throws Exception {
    RunConfig config =
        bed.read(SCORED + "coco: {iouThresholds: 0.5, maxDetections: [1, 10, 300]}\n");
    assertThat(config.cases().get(0).model().task().coco())
        .contains(new CocoSettings(List.of(0.5), List.of(1, 10, 300), List.of(1024.0, 9216.0)));
  }

  @Test
  void read_sigmas_areInTheSettingsAndAbove0() throws Exception {
    RunConfig config = bed.read(SCORED + "coco: {sigmas: [0.05, 0.1]}\n");
    assertThat(config.cases().get(0).model().task().coco().orElseThrow().sigmas())
        .containsExactly(0.05, 0.1);
    assertThat(bed.problems(SCORED + "coco: {sigmas: [0.05, 0]}\n"))
        .contains("coco.sigmas", "numbers above 0");
  }

  @Test
  void read_sectionOfAreasAlone_keepsCocosOtherNumbersToTheBit() throws Exception {
    RunConfig config = bed.read(SCORED + "coco: {areaBoundsPx2: [100, 400.5]}\n");
    assertThat(config.cases().get(0).model().task().coco())
        .contains(
            new CocoSettings(
                CocoSettings.COCO.iouThresholds(),
                CocoSettings.COCO.maxDetections(),
                List.of(100.0, 400.5)));
    assertThat(bed.read(SCORED).cases().get(0).model().task().coco()).isEmpty();
  }

  @Test
  void read_wrongLists_areToldWithTheirLines() throws Exception {
    assertThat(
            bed.problems(
                SCORED
                    + "coco:\n  iouThresholds: [0.5, 0.4]\n  maxDetections: [100]\n"
                    + "  areaBoundsPx2: [9, 9]\n"))
        .contains(
            """
            run.yaml:11: coco.iouThresholds
              found:    numbers out of order: [0.5, 0.4]
              expected: from 1 to 16 numbers, ascending
            """)
        .contains(
            """
            run.yaml:12: coco.maxDetections
              found:    1 numbers
              expected: 3 numbers, ascending
              try:      maxDetections: [1, 10, 100]
            """)
        .contains("run.yaml:13: coco.areaBoundsPx2", "3 problems");
    assertThat(bed.problems(SCORED + "coco: {iouThresholds: [0, 0.5]}\n"))
        .contains("thresholds above 0");
    assertThat(bed.problems(SCORED + "coco: {iouThresholds: [1.5]}\n")).contains("[0, 1]");
  }

  @Test
  void read_sectionWithoutTheScore_isTold() throws Exception {
    assertThat(bed.problems(ConfigBed.GOOD + "coco: {maxDetections: [1, 2, 3]}\n"))
        .contains("run.yaml:9: coco\n  found:    a section that no score of this config uses");
  }
}
