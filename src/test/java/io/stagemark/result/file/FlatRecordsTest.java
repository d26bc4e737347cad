package io.stagemark.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.config.MeasureSettings;
import io.stagemark.result.GraphCount;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.WorkProof;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlatRecordsTest {
  @TempDir Path folder;

  private record Document(Optional<Trip> trip) {}

  private record Trip(String name, @JsonUnwrapped Leg leg, List<String> notes) {}

  private record Leg(double metres, @JsonUnwrapped Times times) {}

  private record Times(int seconds, String zone) {}

  private static final Document TRIP =
      new Document(Optional.of(new Trip("a", new Leg(1.5, new Times(2, "UTC")), List.of("note"))));

  @Test
  void text_groups_areFlatAndInTheOrderOfTheComponents() throws Exception {
    assertThat(ResultFiles.text(TRIP).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"trip\":{\"name\":\"a\",\"metres\":1.5,\"seconds\":2,\"zone\":\"UTC\","
                + "\"notes\":[\"note\"]}}");
  }

  @Test
  void read_whatWasWritten_isTheSame() throws Exception {
    assertThat(read(ResultFiles.text(TRIP))).isEqualTo(TRIP);
  }

  @Test
  void read_unknownKey_isRefusedByName() throws Exception {
    String more = ResultFiles.text(TRIP).replace("\"metres\"", "\"miles\" : 1, \"metres\"");

    assertThatThrownBy(() -> read(more)).hasMessageContaining("\"miles\"");
  }

  /** Jackson takes a key for the group where both have one name. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Comparison.class,
        GraphCount.class,
        LoadFigures.class,
        MachineRecord.class,
        Measured.class,
        MeasureSettings.class,
        QualityResult.class,
        ScoreDifference.class,
        SpeedResult.class,
        WorkProof.class
      })
  void groups_haveNoNameOfAKey(Class<?> type) {
    List<String> groups = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        groups.add(component.getName());
        Stream.of(component.getType().getRecordComponents()).forEach(c -> keys.add(c.getName()));
      } else {
        keys.add(component.getName());
      }
    }
    assertThat(groups).isNotEmpty().doesNotContainAnyElementsOf(keys);
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void nulls_inAGroup_areNamedByTheirKeyInTheFile() throws Exception {
    String json = ResultFiles.text(TRIP).replace("\"UTC\"", "null");

    assertThat(RecordNulls.find(TRIP)).isEmpty();
    assertThat(RecordNulls.find(read(json))).hasValue("trip.zone");
  }

  private Document read(String json) throws IOException {
    Path file = folder.resolve("document.json");
    Files.writeString(file, json);
    return ResultFiles.read(file, Document.class);
  }
}
