package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cards and files under models/. */
final class RepositoryModelsTest {
  private static final Path FOLDER = Path.of("models");
  private static final long TEN_MIB = 10L << 20;

  static List<String> names() {
    return Models.names(FOLDER);
  }

  private static ModelCard read(String name) throws BadInputException {
    return new ModelCardReader().read(FOLDER.resolve(name).resolve("model.yaml"));
  }

  @Test
  void names_folder_hasTheSevenModels() {
    assertThat(names())
        .containsExactly(
            "blazeface-back",
            "centernet-mbv3-coco",
            "emotion-64",
            "ppocr-orientation",
            "ppocrv3-text-boxes",
            "ppocrv3-text-detection",
            "silero-vad");
  }

  @ParameterizedTest
  @MethodSource("names")
  void read_everyCard_isRightAndItsFilesHaveTheirDigests(String name)
      throws BadInputException, IOException {
    ModelCard card = read(name);

    assertThat(card.name()).isEqualTo(name);
    assertThat(card.files()).isNotEmpty();
    for (Map.Entry<String, ModelArtifact> file : card.files().entrySet()) {
      assertThat(Sha256.of(file.getValue().path())).isEqualTo(file.getValue().sha256());
      assertThat(Files.size(file.getValue().path())).isLessThan(TEN_MIB);
    }
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("| " + name + " |");
  }

  @Test
  void read_centernet_hasCocosNamesInTheNetworksOrder() throws BadInputException {
    List<String> names = read("centernet-mbv3-coco").task().labels().names();

    assertThat(names).hasSize(80).startsWith("person", "bicycle", "car", "motorcycle", "airplane");
    assertThat(names)
        .contains("dining table", "couch", "potted plant", "tv")
        .endsWith("toothbrush");
  }

  @Test
  void readme_namesEveryKeyOfACard() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));
    for (List<Key<?>> keys :
        List.of(
            CardKeys.ROOT,
            CardKeys.FILE_KEYS,
            CardKeys.PORT_KEYS,
            CardKeys.PREPROCESS_KEYS,
            CardKeys.DECODER_KEYS)) {
      keys.forEach(key -> assertThat(readme).contains("`" + key.name() + "`"));
    }
  }
}
