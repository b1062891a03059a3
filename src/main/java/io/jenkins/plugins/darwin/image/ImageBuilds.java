package io.jenkins.plugins.darwin.image;

import io.jenkins.plugins.darwin.model.Candidate;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.registry.Manifest;
import io.jenkins.plugins.darwin.registry.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Builds all images of a release, several at a time. */
public final class ImageBuilds {
    /**
     * The tool that would build a Dockerfile here, as people know it.
     *
     * @param environment that the tool is looked for in
     * @throws ReleaseException usage, when there is none
     */
    public static String tool(Map<String, String> environment) {
        return BuildTool.find(environment).executable().getFileName().toString();
    }

    /** Builds at a time, unless told otherwise. */
    public static final int DEFAULT_PARALLELISM = 2;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

    private final BuildContext context;
    private final WorkFolder work;
    private final List<Job> jobs = new ArrayList<>();

    private ImageBuilds(BuildContext context, WorkFolder work) {
        this.context = context;
        this.work = work;
    }

    /** One thing to run, which gives one or several images. */
    @FunctionalInterface
    private interface Job {
        List<Candidate.Image> run();
    }

    /**
     * Builds the images and pushes them to staging by digest, without a tag. The first that fails ends the others. When
     * the thread is interrupted, every child process and its descendants are ended.
     *
     * @param parallelism builds at a time, at least 1
     * @param ready takes the name of each image as soon as it is in staging, in this thread
     * @return in the order of the sources
     * @throws ReleaseException failed, with the end of the log, when one fails; refused, when what a source names is not in the
     *     commit; usage, when there is no tool for a Dockerfile. The last two come before anything is built.
     */
    public static List<Candidate.Image> buildAll(
            List<ImageSource> sources, BuildContext context, int parallelism, Consumer<String> ready) {
        if (sources.isEmpty()) {
            return List.of();
        }
        try (WorkFolder work = WorkFolder.in(context.temp(), context.progress())) {
            ImageBuilds builds = new ImageBuilds(context, work);
            builds.prepare(sources);
            Map<String, Candidate.Image> built = builds.run(parallelism, ready);
            return sources.stream().map(each -> built.get(each.name())).toList();
        }
    }

    /**
     * The whole log of one image, or of one platform of it.
     *
     * @param label as it begins the lines that are shown
     */
    static Path log(BuildContext context, String label) {
        return context.logs().resolve("image-" + label.replaceAll("[/ ]", "-") + ".log");
    }

    /** An image that is in staging now, as the candidate lists it. */
    static Candidate.Image described(String name, Repository staging, Digest digest) {
        Manifest manifest = staging.manifest(digest.toString())
                .orElseThrow(() -> ReleaseException.failed("Image " + name + " is not in " + staging.reference()
                        + " after it was pushed there: expected " + digest + "."));
        return new Candidate.Image(name, manifest.mediaType(), manifest.digest(), manifest.raw().length);
    }

    /** Everything that can be known to be wrong before the first build. */
    private void prepare(List<ImageSource> sources) {
        Optional<BuildTool> tool = Optional.empty();
        Path shared = work.path().resolve("checkout");
        Map<String, List<ImageSource.Command>> commands = new LinkedHashMap<>();
        for (ImageSource source : sources) {
            requireName(source.name());
            if (source instanceof ImageSource.Files files) {
                jobs.add(() -> List.of(new FilesImage(files, context).build(work.folder("layers"))));
            } else if (source instanceof ImageSource.Dockerfile dockerfile) {
                tool = tool.or(() -> Optional.of(BuildTool.find(context.environment())));
                DockerfileImage image = new DockerfileImage(dockerfile, context, tool.get());
                image.check();
                jobs.add(() -> List.of(image.build(shared, work)));
            } else if (source instanceof ImageSource.Command command) {
                commands.computeIfAbsent(command.command(), each -> new ArrayList<>())
                        .add(command);
            }
        }
        ChildEnvironment.warning(context.environment(), commands.keySet()).ifPresent(context.progress()::message);
        commands.values().forEach(group -> {
            CommandImages images = new CommandImages(group, context);
            images.environment();
            Path own = work.path().resolve("checkout-" + group.get(0).name().replace('/', '-'));
            jobs.add(() -> {
                context.tree().checkout(own, context.progress());
                return images.build(own);
            });
        });
        if (tool.isPresent()) {
            context.tree().checkout(shared, context.progress());
        }
    }

    /** The name becomes a part of paths here, and of the repository's there (OCI distribution 1.1, "Pulling manifests"). */
    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ReleaseException.usage(
                    "Not a name for an image: expected lower-case letters, digits and . _ - / between "
                            + "them, found '" + ForeignText.shown(name) + "'.");
        }
    }

    private Map<String, Candidate.Image> run(int parallelism, Consumer<String> ready) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, parallelism));
        CompletionService<List<Candidate.Image>> running = new ExecutorCompletionService<>(pool);
        Map<String, Candidate.Image> built = new HashMap<>();
        try {
            jobs.forEach(job -> running.submit(job::run));
            for (int i = 0; i < jobs.size(); i++) {
                running.take().get().forEach(image -> {
                    built.put(image.name(), image);
                    ready.accept(image.name());
                });
            }
            return built;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ReleaseException.failed(
                    "Interrupted while building images; what was running is ended. Run again.", e);
        } finally {
            end(pool);
        }
    }

    /** The others are told to stop, and waited for: their files are about to go. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
