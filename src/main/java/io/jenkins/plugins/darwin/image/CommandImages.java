package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.registry.Companions;
import io.jenkins.plugins.darwin.registry.ImageCopier;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Images that the project's own script builds and pushes, usually as {@code :latest}. Those names are moved away before and
 * their digests read at once after the script; from then on only digests count. The script sees the commit's files, no Git
 * repository.
 */
final class CommandImages {
    private final List<ImageSource.Command> sources;
    private final BuildContext context;
    private final Map<ImageSource.Command, Produced> produced = new LinkedHashMap<>();

    /** @param sources images of one and the same command */
    CommandImages(List<ImageSource.Command> sources, BuildContext context) {
        this.sources = sources;
        this.context = context;
        sources.forEach(each ->
                produced.put(each, Produced.parse(each.name(), each.produces(), context.version(), context.commit())));
    }

    /**
     * Runs the script once.
     *
     * @param checkout of its own, since scripts write into theirs
     * @throws io.jenkins.plugins.darwin.model.ReleaseException failed, when the script fails or pushes nothing to one of the
     *     names; refused, when an image tells of another release
     */
    List<Candidate.Image> build(Path checkout) {
        ImageSource.Command first = sources.get(0);
        String names = String.join(
                ", ", sources.stream().map(ImageSource.Command::name).toList());
        ChildProcess child = new ChildProcess(
                (sources.size() == 1 ? "Image " : "Images ") + names,
                first.name(),
                ImageBuilds.log(context, first.name()),
                environment(),
                context.progress());
        Map<ImageSource.Command, AwaitedTag> awaited = new LinkedHashMap<>();
        produced.forEach(
                (source, at) -> awaited.put(source, new AwaitedTag(repository(at), at.tag(), context.progress())));
        try {
            awaited.values().forEach(AwaitedTag::moveAway);
            child.run(checkout, List.of("bash", "-c", first.command()));
            Map<ImageSource.Command, Digest> pushed = pushed(awaited, child);
            sources.stream()
                    .filter(source -> !source.options().foreignLabels())
                    .forEach(source -> new ReleaseLabels(
                                    context.version(), context.commit(), context.progress()::message)
                            .require(source.name(), repository(produced.get(source)), pushed.get(source)));
            return sources.stream()
                    .map(source -> stage(source, pushed.get(source)))
                    .toList();
        } finally {
            awaited.values().forEach(AwaitedTag::restore);
        }
    }

    /** What all images of the command ask for. */
    Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>();
        sources.forEach(each -> all.putAll(ChildEnvironment.of(context, each.name(), each.options())));
        return all;
    }

    private Map<ImageSource.Command, Digest> pushed(Map<ImageSource.Command, AwaitedTag> awaited, ChildProcess child) {
        Map<ImageSource.Command, Digest> pushed = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        awaited.forEach((source, tag) -> {
            Optional<Digest> digest = tag.pushed();
            digest.ifPresentOrElse(found -> pushed.put(source, found), () -> wrong.add(tag.fault()));
        });
        if (!wrong.isEmpty()) {
            throw child.failure("its command ('" + sources.get(0).command() + "') ended well, but "
                    + String.join(", and ", wrong) + "; expected it to push an image there");
        }
        return pushed;
    }

    private Candidate.Image stage(ImageSource.Command source, Digest digest) {
        Repository staging = context.staging().apply(source.name());
        Repository built = repository(produced.get(source));
        ImageCopier copier = new ImageCopier(context.progress());
        copier.copy(built, digest, staging);
        // What the build signed or described belongs to the digest, and would be lost with the build's own repository.
        Companions.copyAll(built, digest, staging, copier).warnings().forEach(context.progress()::message);
        return ImageBuilds.described(source.name(), staging, digest);
    }

    private Repository repository(Produced at) {
        return context.produced().apply(at.repository());
    }
}
