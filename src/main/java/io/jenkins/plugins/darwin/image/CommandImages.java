package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Descriptor;
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

/**
 * Images that the project's own script builds and pushes, usually as {@code :latest}. The digests behind those names are read
 * before and at once after the script; from then on only digests count. The script sees the commit's files, no Git repository.
 */
final class CommandImages {
    private final List<ImageSource.Command> sources;
    private final BuildContext context;
    private final Map<ImageSource.Command, Produced> produced = new LinkedHashMap<>();

    /** @param sources images of one and the same command */
    CommandImages(List<ImageSource.Command> sources, BuildContext context) {
        this.sources = sources;
        this.context = context;
        sources.forEach(each -> produced.put(each, Produced.parse(each.name(), each.produces())));
    }

    /**
     * Runs the script once.
     *
     * @param checkout of its own, since scripts write into theirs
     * @throws io.jenkins.plugins.darwin.model.ReleaseException failed, when the script fails or any of the names is still what it was
     */
    List<Candidate.Image> build(Path checkout) {
        ImageSource.Command first = sources.get(0);
        String names = String.join(
                ", ", sources.stream().map(ImageSource.Command::name).toList());
        ChildProcess child = new ChildProcess(
                (sources.size() == 1 ? "Image " : "Images ") + names,
                first.name(),
                context.logs().resolve("image-" + first.name() + ".log"),
                ChildEnvironment.of(context),
                context.progress());
        Map<ImageSource.Command, Optional<Digest>> before = digests();
        child.run(checkout, List.of("bash", "-c", first.command()));
        Map<ImageSource.Command, Optional<Digest>> after = digests();

        List<String> wrong = new ArrayList<>();
        after.forEach((source, digest) -> {
            if (digest.isEmpty()) {
                wrong.add("there is no " + source.produces());
            } else if (digest.equals(before.get(source))) {
                wrong.add(source.produces() + " is still " + digest.get().abbreviated());
            }
        });
        if (!wrong.isEmpty()) {
            throw child.failure(
                    "its command ('" + first.command() + "') ended well, but " + String.join(", and ", wrong)
                            + "; expected it to push a new image there. When the build gives the same bits again, "
                            + "delete the old tag first");
        }
        return sources.stream()
                .map(source -> stage(source, after.get(source).orElseThrow()))
                .toList();
    }

    private Map<ImageSource.Command, Optional<Digest>> digests() {
        Map<ImageSource.Command, Optional<Digest>> digests = new LinkedHashMap<>();
        produced.forEach((source, at) ->
                digests.put(source, repository(at).resolve(at.tag()).map(Descriptor::digest)));
        return digests;
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
