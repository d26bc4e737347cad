package io.stagemark.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OutputExceptionTest {

  // names of files may hold line breaks: the escape is the one of every other message
  @Test
  void message_nameWithALineBreak_isOneLine() {
    assertThat(new OutputException(Path.of("runs/a\nb"), "is gone"))
        .hasMessage("runs/a\\nb: is gone");
  }
}
