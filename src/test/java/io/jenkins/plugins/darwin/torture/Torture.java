package io.jenkins.plugins.darwin.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/torture}: runs campaigns and prints a table; ends with 1 when one of them found anything. */
public final class Torture {
    private Torture() {}

    /** @param args a folder, the names of campaigns (all, when there is none), {@code --runs N}, {@code --seed N} */
    public static void main(String[] args) throws Exception {
        Path dir = Files.folder(Path.of(args[0]).toAbsolutePath());
        List<String> campaigns = new ArrayList<>();
        int runs = 0;
        long seed = 1;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--runs" -> runs = Integer.parseInt(args[++i]);
                case "--seed" -> seed = Long.parseLong(args[++i]);
                default -> campaigns.add(args[i]);
            }
        }
        List<Toll> tolls = new ArrayList<>();
        for (String campaign : campaigns.isEmpty() ? List.of("kill", "proxy", "race", "clean-up") : campaigns) {
            Path own = dir.resolve(campaign + "-" + ProcessHandle.current().pid());
            tolls.add(run(campaign, Files.folder(own), runs, seed));
            Files.delete(own);
        }
        print(tolls);
        if (tolls.stream().anyMatch(toll -> !toll.found().isEmpty())) {
            System.exit(1);
        }
    }

    /** @param runs 0 for the usual number */
    static Toll run(String campaign, Path dir, int runs, long seed) throws Exception {
        return switch (campaign) {
            case "kill" -> new KillCampaign(dir, seed).run(runs == 0 ? 150 : runs);
            case "proxy" -> new ProxyCampaign(dir, seed).run(runs == 0 ? 200 : runs);
            case "race" -> new RaceCampaign(dir, seed).run(runs == 0 ? 20 : runs);
            case "clean-up" -> new CleanUpCampaign(dir).run(runs == 0 ? 4 : runs);
            default ->
                throw new IllegalArgumentException(
                        "Not a campaign: expected kill, proxy, race or clean-up, found " + campaign);
        };
    }

    private static void print(List<Toll> tolls) {
        System.out.println(Toll.head());
        tolls.forEach(toll -> System.out.println(toll.row()));
        tolls.forEach(toll -> toll.found()
                .forEach(each -> System.out.println("\n" + each.harm() + " in " + each.where() + ": " + each.what())));
    }
}
