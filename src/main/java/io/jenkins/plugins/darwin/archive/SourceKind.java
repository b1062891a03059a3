package io.jenkins.plugins.darwin.archive;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;

/** Source archives, by {@code source:} of the configuration. */
public final class SourceKind implements ContentKind {
    @Override
    public String word() {
        return "source";
    }

    @Override
    public List<Item> items(ReleaseConfig config, Version version, GitTree tree) {
        String top = config.project() + "-" + version;
        return config.source().stream()
                .map(format -> Item.file(SourceArchive.fileName(top, format)))
                .toList();
    }

    @Override
    public void make(Making making, List<Item> items, Made made) {
        List<String> names = items.stream().map(Item::name).toList();
        for (SourceFormat format : making.config().source()) {
            String name = SourceArchive.fileName(making.topFolder(), format);
            if (names.contains(name)) {
                made.file(
                        word(),
                        SourceArchive.write(
                                making.tree(),
                                making.substitution(),
                                making.topFolder(),
                                making.time(),
                                format,
                                making.directory().resolve(name),
                                making.progress()));
            }
        }
    }
}
