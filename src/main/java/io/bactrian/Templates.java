package io.bactrian;

import io.bactrian.template.Loaded;
import io.bactrian.template.TemplateFolder;
import io.bactrian.template.TemplateLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.spi.Resource;

/** Reads the shipped task templates and those of the user's folders. */
final class Templates {
  private Templates() {}

  static List<Loaded> load(Settings settings, CamelRuntime camel) {
    TemplateLoader loader = settings.loader(camel.names());
    var loaded = new ArrayList<Loaded>();
    for (Resource shipped : Resources.templates(camel.context())) {
      loaded.add(loader.load(shipped.getLocation(), text(shipped)));
    }
    List<Loaded> own = TemplateFolder.load(settings.folders("bactrian.templates.dir"), loader);
    loaded.removeIf(shipped -> own.stream().anyMatch(o -> isSame(o, shipped)));
    loaded.addAll(own);
    return loaded;
  }

  private static boolean isSame(Loaded a, Loaded b) {
    return a.template().reference().equals(b.template().reference());
  }

  private static String text(Resource resource) {
    try (InputStream content = resource.getInputStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource.getLocation() + " cannot be read", e);
    }
  }
}
