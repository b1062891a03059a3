package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import java.util.List;

/** Builds all images of a release, several at a time. */
public final class ImageBuilds {
    /** Builds at a time, unless told otherwise. */
    public static final int DEFAULT_PARALLELISM = 2;

    private ImageBuilds() {}

    /**
     * Builds the images and pushes them to staging by digest, without a tag. The first that fails ends the others. When
     * the thread is interrupted, every child process and its descendants are killed.
     *
     * @return in the order of the sources
     * @throws io.jenkins.plugins.darwin.model.ReleaseException failed, with the end of the log, when one fails; usage, when no
     *     tool for a Dockerfile is there (before anything is built)
     */
    public static List<Candidate.Image> buildAll(List<ImageSource> sources, BuildContext context, int parallelism) {
        throw new UnsupportedOperationException();
    }
}
