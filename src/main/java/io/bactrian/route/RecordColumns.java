package io.bactrian.route;

import io.bactrian.template.Nearest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The columns of {@code rows: <record type>}: a component gets the one column of its name; case,
 * blanks, dashes and underscores make no difference.
 */
record RecordColumns(Class<?> type) implements NeededColumns {

  @Override
  public List<String> problems(List<String> header) {
    List<String> names = header.stream().map(RecordColumns::plain).toList();
    var problems = new ArrayList<String>();
    for (String component : components()) {
      int times = Collections.frequency(names, plain(component));
      if (times == 0) {
        problems.add(
            "column %s is missing, for %s%s"
                .formatted(component, type.getName(), Nearest.hint(component, header)));
      } else if (times > 1) {
        problems.add("column %s stands %d times; allowed: once".formatted(component, times));
      }
    }
    return problems;
  }

  @Override
  public boolean needs(String column) {
    return components().stream().anyMatch(component -> plain(component).equals(plain(column)));
  }

  private List<String> components() {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** What is compared of a name. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
