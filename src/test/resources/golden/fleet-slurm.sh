#!/bin/bash
#SBATCH --job-name=stagemark-quickstart
#SBATCH --array=1-64%8
#SBATCH --cpus-per-task=2
#SBATCH --mem=4096M
# sbatch FILE, in the folder that relative paths are from; a task that failed is run again by
# sbatch --array=K FILE. When every task has ended well:
#   ./stagemark merge parts/quickstart --out reports/quickstart
set -eu
exec ./stagemark score-shard configs/quickstart.yaml --set dataset.limit=100 --out parts/quickstart --shard "${SLURM_ARRAY_TASK_ID}/64"
