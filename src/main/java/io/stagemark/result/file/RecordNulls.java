package io.stagemark.result.file;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is absent in a tree of records that was read: no component of ours may be null. */
final class RecordNulls {
  private RecordNulls() {}

  /** Returns the place of the first null, such as {@code cases[0].key.model}; empty without one. */
  static Optional<String> find(Record tree) {
    return find("", tree);
  }

  private static Optional<String> find(String path, @Nullable Object value) {
    if (value == null) {
      return Optional.of(path);
    }
    if (value instanceof Record one) {
      return Arrays.stream(one.getClass().getRecordComponents())
          .filter(component -> !isFree(component.getGenericType()))
          .flatMap(component -> find(child(path, component), value(one, component)).stream())
          .findFirst();
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? find(path, optional.get()) : Optional.empty();
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Optional<String> found = find(path + "[" + i + "]", list.get(i));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Optional<String> found = find(path + "." + entry.getKey(), entry.getValue());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String child(String path, RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
        ? path
        : path + (path.isEmpty() ? "" : ".") + component.getName();
  }

  /** A resolved config is a tree of anything. */
  private static boolean isFree(Type type) {
    return type instanceof ParameterizedType map
        && map.getActualTypeArguments()[map.getActualTypeArguments().length - 1] == Object.class;
  }

  private static @Nullable Object value(Record one, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(one);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record whose component cannot be read: " + component, e);
    }
  }
}
