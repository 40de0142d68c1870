package main

import (
	"github.com/spf13/cobra"

	"telepay/internal/review"
)

func (a *app) planSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "plan.yaml 的 JSON Schema, 给编辑器用 / JSON Schema of plan.yaml, for editors",
		Example: "  telepay plan schema > plan.schema.json",
		Args:    usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(review.Schema())
			return err
		},
	}
}
