package io.stagemark.result.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tree of records with every text in it replaced: keys of maps, items of lists and components,
 * wherever they are. A renderer replaces them once, at its entrance, so that a new component is
 * never forgotten.
 */
public final class RecordTexts {
  private RecordTexts() {}

  /**
   * Returns a copy of the tree.
   *
   * @param tree of records, maps, lists, optionals, texts and values without text
   * @param text such as {@code PlainText::markdown}
   */
  @SuppressWarnings("unchecked") // a record is copied to one of its own type
  public static <T extends Record> T map(T tree, UnaryOperator<String> text) {
    return (T) copied(tree, text);
  }

  private static Object copied(Object value, UnaryOperator<String> text) {
    if (value instanceof String one) {
      return text.apply(one);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> copied(each, text));
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(each -> items.add(nullable(each, text)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
      map.forEach((key, each) -> entries.put(copied(key, text), nullable(each, text)));
      return entries;
    }
    return value instanceof Record one ? record(one, text) : value;
  }

  /** A resolved config holds nulls. */
  private static @Nullable Object nullable(@Nullable Object value, UnaryOperator<String> text) {
    return value == null ? null : copied(value, text);
  }

  private static Record record(Record one, UnaryOperator<String> text) {
    RecordComponent[] components = one.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        components[i].getAccessor().setAccessible(true);
        values[i] = nullable(components[i].getAccessor().invoke(one), text);
      }
      Constructor<? extends Record> canonical = one.getClass().getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalStateException("a record without its own constructor: " + one, e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a record that refuses its own values: " + one, e);
    }
  }
}
