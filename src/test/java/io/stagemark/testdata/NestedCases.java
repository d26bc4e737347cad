package io.stagemark.testdata;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The nested tests of a class, made outside JUnit to ask what each of them tests. */
public final class NestedCases {
  private NestedCases() {}

  /**
   * Returns an object of each nested class that extends a contract, abstract ones left out.
   *
   * @param outer the test whose inner classes they are
   * @param contract that they extend
   */
  public static <C> List<C> of(Object outer, Class<C> contract)
      throws ReflectiveOperationException {
    List<C> cases = new ArrayList<>();
    for (Class<?> each : outer.getClass().getDeclaredClasses()) {
      if (contract.isAssignableFrom(each) && !Modifier.isAbstract(each.getModifiers())) {
        Constructor<?> constructor = each.getDeclaredConstructor(outer.getClass());
        constructor.setAccessible(true);
        cases.add(contract.cast(constructor.newInstance(outer)));
      }
    }
    return cases;
  }
}
