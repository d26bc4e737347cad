package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.Decoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cards of docs/models.md are read as a user's: one for each decoder, and none refused. */
final class DocumentedModelsTest {
  private static final String INDENT = "    ";

  @TempDir Path folder;

  private static List<String> cards() throws IOException {
    List<String> cards = new ArrayList<>();
    StringBuilder card = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("docs/models.md"))) {
      if (line.startsWith(INDENT)) {
        card.append(line.substring(INDENT.length())).append('\n');
      } else if (!card.isEmpty()) {
        cards.add(card.toString());
        card.setLength(0);
      }
    }
    cards.add(card.toString());
    return cards;
  }

  @Test
  void cards_ofThePage_haveEachDecoderOnceAndAreRead() throws Exception {
    List<String> types = new ArrayList<>();
    for (String text : cards()) {
      ModelCard card =
          new ModelCardReader().read(Files.writeString(folder.resolve("model.yaml"), text));
      Optional<DecoderSettings> decoder = card.task().decoder();
      types.add(decoder.map(DecoderSettings::type).orElse("none"));
    }
    List<String> expected = new ArrayList<>(Decoders.names());
    expected.add("none");
    assertThat(types).containsExactlyInAnyOrderElementsOf(expected);
  }
}
