package io.stagemark.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names and aliases of an extension point's implementations. */
final class RegistryTest {
  /** An extension point of this test. */
  public interface Shape extends Named {}

  /** Has a former name. */
  public static final class Circle implements Shape {
    @Override
    public String name() {
      return "circle";
    }

    @Override
    public List<String> aliases() {
      return List.of("round");
    }
  }

  /** Has no former name. */
  public static final class Square implements Shape {
    @Override
    public String name() {
      return "square";
    }
  }

  /** Is named as a circle was. */
  public static final class Round implements Shape {
    @Override
    public String name() {
      return "round";
    }
  }

  /** Lacks what it was compiled with. */
  public static final class Hollow implements Shape {
    @Override
    public String name() {
      return "hollow";
    }

    @Override
    public void requireUsable() {
      throw new NoClassDefFoundError("gone/Away");
    }
  }

  /** Cannot say its name. */
  public static final class Nameless implements Shape {
    @Override
    public String name() {
      throw new IllegalStateException("no name today");
    }
  }

  /** Says in memory what a jar's service file says, so that no file of the tests needs to. */
  private static final class Services extends ClassLoader {
    private final String lines;

    Services(Class<?>... implementations) {
      super(RegistryTest.class.getClassLoader());
      lines = Stream.of(implementations).map(Class::getName).collect(Collectors.joining("\n"));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals("META-INF/services/" + Shape.class.getName())) {
        return super.getResources(name);
      }
      URLStreamHandler handler =
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new Lines(url, lines);
            }
          };
      return Collections.enumeration(List.of(new URL(null, "memory:services", handler)));
    }
  }

  private static final class Lines extends URLConnection {
    private final String text;

    Lines(URL url, String text) {
      super(url);
      this.text = text;
    }

    @Override
    public void connect() {}

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Registry<Shape> of(Class<?>... implementations) {
    return Registry.discover(Shape.class, new Services(implementations));
  }

  @Test
  void get_nameOrAlias_isTheSameImplementation() {
    Registry<Shape> shapes = of(Square.class, Circle.class);

    assertThat(shapes.get("circle")).isInstanceOf(Circle.class).isSameAs(shapes.get("round"));
    assertThat(shapes.find("round")).contains(shapes.get("circle"));
    assertThat(shapes.find("oval")).isEmpty();
    assertThat(shapes.names()).containsExactly("circle", "square");
    assertThat(shapes.all()).hasSize(2);
  }

  @Test
  void get_unknownName_listsNamesWithoutAliases() {
    Registry<Shape> shapes = of(Circle.class, Square.class);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shapes.get("oval"))
        .withMessage("no Shape named 'oval'; the class path has: circle, square");
  }

  @Test
  void discover_partThatCannotAnswer_isRefusedByClass() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> of(Circle.class, Hollow.class))
        .withMessageContaining(Hollow.class.getName())
        .withMessageContaining("of kind Shape, cannot be used")
        .withMessageContaining("gone/Away");
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> of(Nameless.class))
        .withMessageContaining(Nameless.class.getName())
        .withMessageContaining("no name today");
  }

  @Test
  void discover_nameThatIsAnothersAlias_isRefusedInEitherOrder() {
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> of(Circle.class, Round.class))
        .withMessageContaining("are named 'round'");
    assertThatExceptionOfType(PluginException.class)
        .isThrownBy(() -> of(Round.class, Circle.class))
        .withMessageContaining("are named 'round'");
  }
}
