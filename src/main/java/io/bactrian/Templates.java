package io.bactrian;

import io.bactrian.template.HandlerNames;
import io.bactrian.template.Loaded;
import io.bactrian.template.TemplateFolder;
import io.bactrian.template.TemplateLoader;
import java.util.ArrayList;
import java.util.List;

/** Reads the shipped task templates and those of the user's folders. */
final class Templates {
  private Templates() {}

  /**
   * All templates; one in a folder replaces the shipped one of the same reference.
   *
   * @param names knows which handlers there are
   */
  static List<Loaded> load(Settings settings, HandlerNames names) {
    TemplateLoader loader = settings.loader(names);
    var loaded = new ArrayList<Loaded>();
    Resources.templates().forEach((source, yaml) -> loaded.add(loader.load(source, yaml)));
    List<Loaded> own = TemplateFolder.load(settings.folders("bactrian.templates.dir"), loader);
    loaded.removeIf(shipped -> own.stream().anyMatch(o -> isSame(o, shipped)));
    loaded.addAll(own);
    return loaded;
  }

  private static boolean isSame(Loaded a, Loaded b) {
    return a.template().reference().equals(b.template().reference());
  }
}
