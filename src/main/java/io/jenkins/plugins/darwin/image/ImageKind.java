package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.git.GitTree;
import io.jenkins.plugins.darwin.kind.ContentKind;
import io.jenkins.plugins.darwin.kind.Made;
import io.jenkins.plugins.darwin.kind.Making;
import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Content;
import io.jenkins.plugins.darwin.model.Content.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.Version;
import java.util.List;
import java.util.Optional;

/** Images, by {@code images:} of the configuration. */
public final class ImageKind implements ContentKind {
    @Override
    public String word() {
        return "image";
    }

    public static Place staged(CandidateId id, String image) {
        return new Place(image, id.toString());
    }

    public static Place published(Version version, String image) {
        return new Place(image, version.toString(), true);
    }

    @Override
    public List<Item> items(ReleaseConfig config, Version version, GitTree tree) {
        return config.images().stream().map(ImageKind::item).toList();
    }

    /** A Dockerfile's base may move, and a script may do anything: only files give the same image again. */
    private static Item item(ImageSource source) {
        boolean files = source instanceof ImageSource.Files;
        return new Item(
                "image",
                source.name(),
                files,
                files
                        ? "from the commit's files"
                        : source instanceof ImageSource.Dockerfile ? "by a Dockerfile" : "by a command");
    }

    @Override
    public Optional<Place> staged(CandidateId id, Item item) {
        return Optional.of(staged(id, item.name()));
    }

    /** Builds all images, several at a time, and pushes them by digest. */
    @Override
    public void make(Making making, List<Item> items, Made made) {
        List<String> names = items.stream().map(Item::name).toList();
        List<ImageSource> sources = making.config().images().stream()
                .filter(source -> names.contains(source.name()))
                .toList();
        BuildContext context = new BuildContext(
                making.tree(),
                making.commit().id(),
                making.version(),
                making.time(),
                Optional.empty(),
                name -> making.staging().apply(staged(making.id(), name).repository()),
                making.produced(),
                making.environment(),
                making.logins(),
                making.logs(),
                making.temp(),
                making.progress());
        ImageBuilds.buildAll(sources, context, ImageBuilds.DEFAULT_PARALLELISM, made::ready)
                .forEach(made::image);
    }

    @Override
    public boolean take(Candidate earlier, Item item, Made made) {
        Optional<Candidate.Image> image = earlier.image(item.name());
        image.ifPresent(made::image);
        return image.isPresent();
    }

    @Override
    public List<Content> contents(Candidate candidate, CandidateId id) {
        return candidate.images().stream()
                .map(image -> new Content(
                        word(),
                        image.name(),
                        image.digest(),
                        Optional.empty(),
                        Optional.of(staged(id, image.name())),
                        Optional.of(published(id.version(), image.name()))))
                .toList();
    }

    /** Darwin's releases have images: an empty list is more often a slip than a wish. */
    @Override
    public Optional<String> missing() {
        return Optional.of("The candidate will hold no image: darwin-release.yaml names none under 'images'.");
    }
}
