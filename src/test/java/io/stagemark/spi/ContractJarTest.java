package io.stagemark.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The test jar that {@code pom.xml} packs has every class of the tests that its contracts need. */
final class ContractJarTest {
  private static final Pattern NAME = Pattern.compile("io/stagemark/[\\w/$]+");
  private static final Pattern INCLUDE = Pattern.compile("<include>(io/stagemark/.*)</include>");

  private static List<Path> packed(Path classes) throws IOException {
    List<PathMatcher> patterns = new ArrayList<>();
    String pom = Files.readString(Path.of("pom.xml"));
    int start = pom.indexOf("<id>contracts</id>");
    Matcher include = INCLUDE.matcher(pom.substring(start, pom.indexOf("</includes>", start)));
    while (include.find()) {
      patterns.add(FileSystems.getDefault().getPathMatcher("glob:" + include.group(1)));
    }
    try (Stream<Path> all = Files.walk(classes)) {
      return all.map(classes::relativize)
          .filter(file -> patterns.stream().anyMatch(it -> it.matches(file)))
          .toList();
    }
  }

  @Test
  void contracts_ofEachPoint_arePackedWithWhatTheyNeed() throws Exception {
    Path classes = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> packed = packed(classes);
    assertThat(packed.stream().map(file -> file.getFileName().toString()))
        .contains(
            "DatasetFormatContract.class",
            "DecoderContract.class",
            "EngineContract.class",
            "LossContract.class",
            "ReporterContract.class",
            "TaskContract.class");
    TreeSet<String> missing = new TreeSet<>();
    for (Path file : packed) {
      // names of classes are UTF-8 in a class file: here ASCII
      String bytes = Files.readString(classes.resolve(file), StandardCharsets.ISO_8859_1);
      Matcher name = NAME.matcher(bytes);
      while (name.find()) {
        Path needed = Path.of(name.group() + ".class");
        if (Files.isRegularFile(classes.resolve(needed)) && !packed.contains(needed)) {
          missing.add(name.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
